# The mock alone: what is built, and the dependencies that it has at run time, with those of --database and --metrics.
#   docker build -t groups-mock .
#   docker run --rm -p 127.0.0.1:4010:4010 groups-mock
FROM node:24-bookworm-slim AS build
WORKDIR /kit
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && npm run build \
 && npm install --save-prod --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
    $(node -p "['pg', 'prom-client'].map((name) => name + '@' + require('./package.json').devDependencies[name]).join(' ')")

FROM node:24-bookworm-slim
WORKDIR /kit
COPY --from=build /kit/node_modules node_modules
COPY --from=build /kit/dist dist
COPY --from=build /kit/LICENSE LICENSE
# Within the container every address has to be listened on. The control plane answers only requests of the container
# itself, or anybody's with the token in GROUPS_MOCK_CONTROL_TOKEN.
ENV NODE_ENV=production GROUPS_MOCK_HOST=0.0.0.0 GROUPS_MOCK_PORT=4010
EXPOSE 4010
# The user `node`, by its number, so that a cluster can see that it is not root.
USER 1000
# The options that the mock was started with say where it listens: those after main.js in the command line of process 1.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD xargs -0 sh -c 'while [ $# -gt 0 ] && [ "${1##*/}" != main.js ]; do shift; done; shift; exec node dist/mock/main.js "$@" --quiet health' sh < /proc/1/cmdline || exit 1
ENTRYPOINT ["node", "dist/mock/main.js"]
