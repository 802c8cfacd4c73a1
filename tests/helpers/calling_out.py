"""Files that ask whoever opens them to fetch something, and a listener on this machine that hears it."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """The address («http://127.0.0.1:4711»), and the requests that have arrived there."""
    heard: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        heard.append(f"{request.command} {request.path}")
        request.send_response(404)
        request.end_headers()

    words = ("GET", "HEAD", "OPTIONS", "PROPFIND", "POST", "CONNECT")
    spoken = {f"do_{word}": answer for word in words}
    silent = {"log_message": lambda *_: None}
    listener = type("Listener", (BaseHTTPRequestHandler,), spoken | silent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _field(words: str) -> str:
    run = "<w:r>{}</w:r>"
    mark = run.format('<w:fldChar w:fldCharType="{}"/>')
    return (
        "<w:p>"
        + mark.format("begin")
        + run.format(f'<w:instrText xml:space="preserve"> {words} </w:instrText>')
        + mark.format("separate")
        + run.format("<w:t>原样</w:t>")
        + mark.format("end")
        + "</w:p>"
    )


def _picture(how: str, number: int) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="99999" cy="99999"/><wp:docPr id="{number}" name="图"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="图"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip {how}/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="99999" cy="99999"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def word_file_calling(docx: bytes, address: str) -> bytes:
    """The Word file with a link of every kind at its beginning, each to a path of its own, and one hyperlink."""
    external = {
        "_1": ("image", "linked.png"),
        "_2": ("oleObject", "object.xlsx"),
        "_3": ("subDocument", "part.docx"),
        "_4": ("image", "vml.png"),
        "_5": ("hyperlink", "page.html"),
        "_6": ("aFChunk", "chunk.html"),
    }
    body = (
        _picture('r:link="_1"', 901)
        + _picture('r:embed="_1"', 902)
        + '<w:p><w:r><w:object><v:shape id="_x1" style="width:9pt;height:9pt"><v:imagedata r:id="_4"/></v:shape>'
        '<o:OLEObject Type="Link" ProgID="Excel.Sheet.12" ShapeID="_x1" DrawAspect="Content" r:id="_2" '
        'UpdateMode="Always"/></w:object></w:r></w:p>'
        f'<w:p><w:r><w:pict><v:shape id="_x2" style="width:9pt;height:9pt"><v:imagedata src="{address}/src.png"/>'
        "</v:shape></w:pict></w:r></w:p>"
        '<w:p><w:hyperlink r:id="_5"><w:r><w:t>网页</w:t></w:r></w:hyperlink></w:p>'
        + _field(f'INCLUDETEXT "{address}/text.docx"')
        + _field(f'INCLUDEPICTURE "{address}/field.png" \\d')
        + _field(f'LINK Excel.Sheet.12 "{address}/link.xlsx" "表1!R1C1" \\a \\f 0')
        + _field(f'DDEAUTO soffice "{address}/dde.xlsx" "表1!R1C1"')
    )
    parts = parts_of(docx)
    document = parts["word/document.xml"].decode()
    inner = document.index("<w:body>") + len("<w:body>")
    body = f"<w:body {_SPACES}>{body}"
    parts["word/document.xml"] = f"{document[: inner - len('<w:body>')]}{body}{document[inner:]}".encode()
    _relate(parts, "word/_rels/document.xml.rels", external, address)
    _relate(parts, "word/_rels/settings.xml.rels", {"_7": ("attachedTemplate", "template.dotm")}, address)
    settings = parts["word/settings.xml"].decode()
    at = settings.index(">", settings.index("<w:settings")) + 1
    parts["word/settings.xml"] = (
        settings[:at] + f'<w:attachedTemplate xmlns:r="{_OFFICE}" r:id="_7"/>' + settings[at:]
    ).encode()
    parts["word/webSettings.xml"] = (
        f'<w:webSettings {_SPACES}><w:frameset><w:frame><w:sourceFileName r:id="_8"/></w:frame></w:frameset>'
        "</w:webSettings>"
    ).encode()
    _relate(parts, "word/_rels/webSettings.xml.rels", {"_8": ("frame", "frame.html")}, address)
    return packed(parts)


def spreadsheet_calling(address: str) -> bytes:
    """An .ods with a sheet, cells, a function, a picture, an object and a DDE link that stand elsewhere."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
        for short, name in (
            ("office", "office:1.0"),
            ("table", "table:1.0"),
            ("text", "text:1.0"),
            ("draw", "drawing:1.0"),
            ("svg", "svg-compatible:1.0"),
            ("of", "of:1.2"),
        )
    )
    frame = '<table:table-cell><draw:frame svg:width="2cm" svg:height="2cm">{}</draw:frame></table:table-cell>'
    content = (
        f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="表1"><table:table-source xlink:href="{address}/source.ods" table:table-name="表1"/>'
        "<table:table-row>"
        '<table:table-cell office:value-type="float" office:value="91.68"><text:p>91.68</text:p></table:table-cell>'
        f"<table:table-cell table:formula='of:=COM.MICROSOFT.WEBSERVICE(\"{address}/service\")'/>"
        f"<table:table-cell table:formula=\"of:='{address}/cells.ods'#$表1.A1\" "
        'office:value-type="float" office:value="3"/>'
        + frame.format(f'<draw:image xlink:href="{address}/picture.png" xlink:type="simple"/>')
        + frame.format(f'<draw:object xlink:href="{address}/object.ods" xlink:type="simple"/>')
        + "</table:table-row></table:table><table:dde-links><table:dde-link><office:dde-source "
        f'office:dde-application="soffice" office:dde-topic="{address}/dde.ods" office:dde-item="A1" '
        'office:automatic-update="true"/></table:dde-link></table:dde-links>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{of}"/>'
        for path, of in (("/", kind), ("content.xml", "text/xml"))
    )
    return packed(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{entries}</m:manifest>'.encode(),
        }
    )


def _relate(parts: dict[str, bytes], name: str, external: dict[str, tuple[str, str]], address: str) -> None:
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    lines = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{address}/{path}" TargetMode="External"/>'
        for key, (kind, path) in external.items()
    )
    whole = parts.get(name, empty.encode()).decode()
    parts[name] = whole.replace("</Relationships>", f"{lines}</Relationships>").encode()


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()
