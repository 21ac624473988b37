pytest_plugins = ["pytester"]


def pytest_configure(config):
    config.addinivalue_line("markers", "lab: takes long, so that only `npm run lab -- wheel` runs it")
