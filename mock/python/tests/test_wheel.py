"""What the installed wheel holds."""

import base64
import hashlib
import json
from importlib.metadata import distribution
from pathlib import PurePosixPath

package = distribution("vitable-groups-kit")
files = package.files or []
modules = PurePosixPath("vitable_groups_kit/programs/node_modules")


def packages_in(folder):
    """The npm packages of a folder, with a scope if they have one."""
    inside = [file.relative_to(folder).parts for file in files if folder in file.parents]
    return {"/".join(parts[: 2 if parts[0].startswith("@") else 1]) for parts in inside}


def metadata_file(end):
    [found] = [file for file in files if ".dist-info/" in str(file) and str(file).endswith(end)]
    return found


def test_every_file_has_the_digest_that_is_recorded():
    recorded = [file for file in files if file.hash is not None and file.parts[0].startswith("vitable_groups_kit")]
    assert len(recorded) > 500
    for file in recorded:
        digest = hashlib.sha256(file.locate().read_bytes()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value, file


def test_every_package_comes_with_its_licence_and_is_in_the_bill_of_materials():
    licences = metadata_file("licenses/LICENSE").parent / "node_modules"
    bill = json.loads(metadata_file("sboms/sbom.cdx.json").read_text())
    assert {"hono", "@hono/node-server", "undici"} <= packages_in(modules)
    assert packages_in(modules) == packages_in(licences)
    assert packages_in(modules) <= {component["name"] for component in bill["components"]}
    assert len(package.metadata.get_all("License-File")) == 1 + len([file for file in files if licences in file.parents])


def test_nothing_in_it_depends_on_the_platform():
    assert not [file for file in files if file.suffix in (".node", ".so", ".dll", ".dylib")]
    assert "py3-none-any" in metadata_file("/WHEEL").read_text()
