"""The VBA container and its compression, read back by others' readers."""

from __future__ import annotations

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream

from reportkit_addin.build import compound, ovba, vba_project
from reportkit_addin.build.ribbon import MODULE
from reportkit_addin.build.xlam import vba_bytes


@given(st.lists(st.sampled_from([b"Sub ", b"End Sub\r\n", b"x", b"\t", b"If control.Tag Then\r\n"]), max_size=900))
def test_sources_survive_compression(pieces: list[bytes]) -> None:
    source = b"".join(pieces)
    packed = ovba.compress(source)
    assert ovba.decompress(packed) == source
    if source:
        assert decompress_stream(bytearray(packed)) == source


@given(st.binary(max_size=9000))
def test_any_bytes_survive_but_for_padding(data: bytes) -> None:
    assert ovba.decompress(ovba.compress(data)).rstrip(b"\0") == data.rstrip(b"\0")


def test_the_specifications_example_is_understood() -> None:
    # [MS-OVBA] 3.2.3: the longest compression, of 73 letters a
    assert ovba.compress(b"a" * 73) == bytes.fromhex("0103B002614500")


def test_bytes_that_are_no_container_are_refused() -> None:
    with pytest.raises(ovba.NotCompressedError):
        ovba.decompress(b"\x02abc")
    with pytest.raises(compound.NotCompoundError):
        compound.read(b"PK" + bytes(600))


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=6), st.binary(max_size=6000), min_size=1, max_size=12))
def test_compound_file_is_read_by_olefile_at_its_strictest(streams: dict[str, bytes]) -> None:
    streams = {f"VBA/{name}": data for name, data in streams.items()} | {"PROJECT": b"x"}
    written = compound.write(streams)
    assert compound.read(written) == streams
    with olefile.OleFileIO(io.BytesIO(written), raise_defects=olefile.DEFECT_UNSURE) as read:
        for path, data in streams.items():
            assert read.openstream(path).read() == data


def test_project_holds_sources_alone() -> None:
    with olefile.OleFileIO(io.BytesIO(vba_bytes()), raise_defects=olefile.DEFECT_UNSURE) as read:
        paths = {"/".join(path) for path in read.listdir()}
        assert not [path for path in paths if "SRP" in path]
        assert read.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("CC61FFFF000000")
        described = ovba.decompress(read.openstream("VBA/dir").read())
        project = read.openstream("PROJECT").read().decode("cp1252")
    offsets = [data for record, data in vba_project._records(described) if record == 0x0031]
    assert offsets == [bytes(4)] * 5
    assert 'Name="reportkit"' in project
    assert "Class=Dictionary" in project
    assert "MyAddin" not in project


def test_olevba_shows_our_dispatcher() -> None:
    parser = VBA_Parser("vbaProject.bin", data=vba_bytes())
    modules = {name: code for _, _, name, code in parser.extract_macros()}
    parser.close()
    assert f"{MODULE}.bas" in modules
    assert "reportkit_addin.scripts.run('\" & control.Tag & \"')" in modules[f"{MODULE}.bas"]
    assert 'Public Const PROJECT_NAME As String = "reportkit"' in modules["xlwings.bas"]
    assert "BSD 3-clause" in modules["xlwings.bas"]
    assert not any("myaddin" in code.lower() for code in modules.values())
