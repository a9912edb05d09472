"""What the pages lead to outside of their folder comes along into the site."""

import pathlib
import re

from mkdocs.structure.files import File

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTSIDE = re.compile(r"\]\((?:\.\./)+(camel-sftoolkit-examples/[^)#\s]+)\)")


def on_files(files, config):
    examples = ROOT / "camel-sftoolkit-examples"
    for resources in ("src/main/resources", "kafka/src/main/resources"):
        for path in sorted((examples / resources).rglob("*")):
            if path.is_file():
                name = path.relative_to(ROOT).as_posix()
                files.append(File.generated(config, name, abs_src_path=str(path)))
    for name in ("site.css", "site.js"):
        files.append(File.generated(config, name, abs_src_path=str(ROOT / "docs/site" / name)))
    return files


def on_page_markdown(markdown, page, **_):
    up = "../" * page.file.src_uri.count("/")
    return OUTSIDE.sub(lambda link: f"]({up}{link.group(1)})", markdown)
