"""Output: columns under each other whatever the letters, progress for eyes only."""

import io

from storeapp.verbs.output import Output, width
from storeapp.words import words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_wide_letters_count_twice_so_columns_stand_under_each_other():
    out = io.StringIO()
    output = Output(words("en"), out=out)

    output.table(("name", "n"), [("绿茶 🍵", "2"), ("tea", "12")], right=(1,))

    assert len({width(line) for line in out.getvalue().splitlines()}) == 1
    assert out.getvalue().splitlines()[2] == "tea      12"


def test_progress_is_shown_on_a_terminal_and_never_in_a_file():
    terminal, file = Terminal(), io.StringIO()

    for err in (terminal, file):
        output = Output(words("en"), out=io.StringIO(), err=err)
        output.progress(500, 1000)
        output.progress_over()

    assert " 50%  500" in terminal.getvalue()
    assert file.getvalue() == ""


def test_json_is_one_line_and_keeps_chinese_readable():
    out = io.StringIO()

    Output(words("en"), out=out).document({"name": "茶\n", "codes": frozenset({"b", "a"})})

    assert out.getvalue() == '{"name": "茶\\n", "codes": ["a", "b"]}\n'
