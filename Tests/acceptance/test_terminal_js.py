"""The terminal of the pages: what escape sequences do to its screen, how that is shown, and what keys send.

Expected screens are those of ECMA-48, the VT100 and VT220 manuals and xterm's "Control Sequences".
"""

import pytest

from server import ROOT

HARNESS = """<!doctype html><html lang="en"><title>Terminal</title>
<div id="place" class="screen"><div data-stage><div data-rows></div><div data-cursor hidden></div>
<textarea aria-label="input"></textarea></div><div data-probe>0000000000</div><div data-aloud hidden></div></div>
<div id="terminal-keys"><button data-control aria-pressed="false">Ctrl</button></div>
<button data-out>out</button>"""


@pytest.fixture(scope="module")
def tab(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.set_content(HARNESS)
    page.add_style_tag(path=ROOT / "Web" / "assets" / "screen.css")
    for part in ("characters", "emulator", "keys", "keyrow", "view", "terminal"):
        page.add_script_tag(path=ROOT / "Web" / "assets" / f"{part}.js")
    page.evaluate(
        """() => {
            window.feed = (text, columns, rows, extra) => {
                const answers = [];
                const screen = new Screen(columns, rows, (each) => answers.push(each));
                screen.write(text);
                const told = { text: String(screen), x: screen.x, y: screen.y, answers,
                    scrollback: screen.scrollback.map(String) };
                if (extra) told.extra = new Function("screen", "styles", "return " + extra)(screen, styles);
                return told;
            };
        }"""
    )
    yield page
    context.close()


def fed(tab, text, columns=20, rows=5, extra=None):
    return tab.evaluate("([text, columns, rows, extra]) => feed(text, columns, rows, extra)", [text, columns, rows, extra])


ESC = "\x1b"
CSI = "\x1b["

SCREENS = [
    ("text", "hello", "hello"),
    ("lines", "a\r\nb\r\nc", "a\nb\nc"),
    ("a bare line feed keeps the column", "ab\nc", "ab\n  c"),
    ("wrapping", "x" * 21, "x" * 20 + "\nx"),
    ("the last column waits", "x" * 20 + "\ry", "y" + "x" * 19),
    ("no wrapping", f"{CSI}?7l" + "a" * 20 + "bc", "a" * 19 + "c"),
    ("backspace", "abc\b\bX", "aXc"),
    ("tabs", "\tx\ty", "        x       y"),
    ("a tab set and all cleared", f"{CSI}3g{CSI}4G{ESC}H\r\tx", "   x"),
    ("back tab", f"{CSI}20G{CSI}Zx", " " * 16 + "x"),
    ("cursor up, down, right, left", f"{CSI}3;3H{CSI}A{CSI}2C{CSI}B{CSI}Dx", "\n\n   x"),
    ("cursor to a place", f"{CSI}2;4Hx{CSI}1;1fy", "y\n   x"),
    ("beyond the edges", f"{CSI}99;99Hx{CSI}0;0Hy", "y\n\n\n\n" + " " * 19 + "x"),
    ("column and row", f"{CSI}5Gx{CSI}3dy", "    x\n\n     y"),
    ("next line, previous line", f"ab{CSI}2Ec{CSI}Fd", "ab\nd\nc"),
    ("erase to the end of the line", f"abcdef{CSI}3D{CSI}K", "abc"),
    ("erase to the start of the line", f"abcdef{CSI}3D{CSI}1K", "    ef"),
    ("erase the line", f"abc\r\ndef{CSI}2K", "abc"),
    ("erase below", f"a\r\nb\r\nc{CSI}2;1H{CSI}J", "a"),
    ("erase above", f"a\r\nb\r\nc{CSI}2;1H{CSI}1J", "\n\nc"),
    ("erase all", f"a\r\nb{CSI}2Jc", "\n c"),
    ("insert characters", f"abc{CSI}3D{CSI}2@", "  abc"),
    ("delete characters", f"abcdef{CSI}5D{CSI}2P", "adef"),
    ("erase characters", f"abcdef{CSI}5D{CSI}2X", "a  def"),
    ("insert mode", f"bc\r{CSI}4ha{CSI}4l", "abc"),
    ("insert lines", f"a\r\nb\r\nc{CSI}2;1H{CSI}Lx", "a\nx\nb\nc"),
    ("delete lines", f"a\r\nb\r\nc{CSI}1;1H{CSI}2M", "c"),
    ("a region scrolls", f"1\r\n2\r\n3\r\n4\r\n5{CSI}2;4r{CSI}4;1H\nx", "1\n3\n4\nx\n5"),
    ("a region scrolls back", f"1\r\n2\r\n3\r\n4\r\n5{CSI}2;4r{CSI}2;1H{ESC}Mx", "1\nx\n2\n3\n5"),
    ("scroll up and down by name", f"1\r\n2\r\n3{CSI}2S{CSI}T", "\n3"),
    ("origin mode", f"{CSI}2;4r{CSI}?6h{CSI}1;1Hx{CSI}99;1Hy", "\nx\n\ny"),
    ("insert lines only in the region", f"1\r\n2\r\n3\r\n4\r\n5{CSI}2;3r{CSI}2;1H{CSI}L", "1\n\n2\n4\n5"),
    ("save and restore", f"{CSI}2;3H{ESC}7{CSI}Hx{ESC}8y", "x\n  y"),
    ("the other screen", f"main{CSI}?1049hother{CSI}?1049l!", "main!"),
    ("the other screen is blank", f"main{CSI}?1049h{CSI}Hother", "other"),
    ("repeat", f"x{CSI}3b", "xxxx"),
    ("index and next line", f"a{ESC}Db{ESC}Ec", "a\n b\nc"),
    ("the alignment pattern", f"{CSI}2;2H{ESC}#8", "\n".join(["E" * 20] * 5)),
    ("reset", f"abc{CSI}?6h{ESC}cx", "x"),
    ("lines of VT100", f"{ESC}(0lqqk{ESC}(Bq", "┌──┐q"),
    ("shifted character set", f"{ESC})0\x0ex\x0fx", "│x"),
    ("wide characters", "日本x", "日本x"),
    ("a wide character does not split", "x" * 19 + "日", "x" * 19 + "\n日"),
    ("half a wide character goes as a whole", f"日本{CSI}2Gx", " x本"),
    ("wide characters move", f"日本x{CSI}1G{CSI}2P", "本x"),
    ("marks join", "e\u0301x", "e\u0301x"),
    ("emoji", "👍🏽|", "👍🏽|"),
    ("titles are passed over", f"{ESC}]0;title\x07a{ESC}]2;t{ESC}\\b", "ab"),
    ("device control strings are passed over", f"{ESC}P1$r0m{ESC}\\a{ESC}_x{ESC}\\b{ESC}^y{ESC}\\c", "abc"),
    ("a sequence cut short", f"a{CSI}3\x18b", "ab"),
    ("controls within a sequence", f"ab{CSI}1\rCx", "ax"),
    ("unknown sequences are passed over", f"a{CSI}?9999h{CSI}>4;2m{CSI}5 q{ESC}%Gb{CSI}999zc", "abc"),
    ("eight-bit controls", "a\x9b2Cb\x85c", "a  b\nc"),
    ("rubout and bell show nothing", "a\x7f\x07b", "ab"),
]


@pytest.mark.parametrize("text,shown", [each[1:] for each in SCREENS], ids=[each[0] for each in SCREENS])
def test_what_is_on_the_screen(tab, text, shown):
    assert fed(tab, text)["text"] == shown


@pytest.mark.parametrize("text,shown", [each[1:] for each in SCREENS], ids=[each[0] for each in SCREENS])
def test_however_the_bytes_are_cut(tab, text, shown):
    """UTF-8 and sequences arrive in any pieces."""
    cut = tab.evaluate(
        """(text) => {
            const screen = new Screen(20, 5);
            for (const byte of new TextEncoder().encode(text)) screen.write(new Uint8Array([byte]));
            return String(screen);
        }""",
        text,
    )
    assert cut == shown


@pytest.mark.parametrize(
    "text,answers",
    [
        (f"{CSI}c", ["\x1b[?62;22c"]),
        (f"{CSI}>c", ["\x1b[>0;10;0c"]),
        (f"{CSI}5n", ["\x1b[0n"]),
        (f"{CSI}3;7H{CSI}6n", ["\x1b[3;7R"]),
        (f"{CSI}2;4r{CSI}?6h{CSI}2;1H{CSI}6n", ["\x1b[2;1R"]),
        (f"{CSI}18t", ["\x1b[8;5;20t"]),
        (f"{CSI}?2026$p", ["\x1b[?2026;0$y"]),
        # What would be typed for the user is never anything that the program chose.
        (f"{ESC}]0;evil\x07{CSI}21t{CSI}20t{ESC}]52;c;?\x07{ESC}P$qm{ESC}\\", []),
    ],
)
def test_what_is_answered(tab, text, answers):
    assert fed(tab, text)["answers"] == answers


def style(tab, text):
    told = fed(tab, text + "x", extra="{...styles[screen.rows[0].style[0]]}")
    return told["extra"]


BOLD, DIM, ITALIC, UNDERLINE, BLINK, INVERSE, HIDDEN, STRIKE = (1 << n for n in range(8))


@pytest.mark.parametrize(
    "codes,expected",
    [
        ("1", {"fg": -1, "bg": -1, "flags": BOLD}),
        ("1;3;4;7;9", {"fg": -1, "bg": -1, "flags": BOLD | ITALIC | UNDERLINE | INVERSE | STRIKE}),
        ("2;5;8", {"fg": -1, "bg": -1, "flags": DIM | BLINK | HIDDEN}),
        ("1;2;22", {"fg": -1, "bg": -1, "flags": 0}),
        ("3;4;5;7;8;9;23;24;25;27;28;29", {"fg": -1, "bg": -1, "flags": 0}),
        ("31;42", {"fg": 1, "bg": 2, "flags": 0}),
        ("91;102", {"fg": 9, "bg": 10, "flags": 0}),
        ("31;42;39;49", {"fg": -1, "bg": -1, "flags": 0}),
        ("38;5;208;48;5;17", {"fg": 208, "bg": 17, "flags": 0}),
        ("38;2;1;2;3", {"fg": 0x1000000 | 0x010203, "bg": -1, "flags": 0}),
        ("38:2::1:2:3", {"fg": 0x1000000 | 0x010203, "bg": -1, "flags": 0}),
        ("38:2:1:2:3;1", {"fg": 0x1000000 | 0x010203, "bg": -1, "flags": BOLD}),
        ("38:5:99", {"fg": 99, "bg": -1, "flags": 0}),
        ("4:3", {"fg": -1, "bg": -1, "flags": UNDERLINE}),
        ("4;4:0", {"fg": -1, "bg": -1, "flags": 0}),
        ("58;5;9;1", {"fg": -1, "bg": -1, "flags": BOLD}),
        ("1;31;", {"fg": -1, "bg": -1, "flags": 0}),
        ("38;5", {"fg": 0, "bg": -1, "flags": 0}),
    ],
)
def test_styles(tab, codes, expected):
    assert style(tab, f"{CSI}{codes}m") == expected


def test_erased_cells_have_the_background(tab):
    told = fed(tab, f"{CSI}44m{CSI}K{CSI}0m", extra="styles[screen.rows[0].style[9]].bg")
    assert told["extra"] == 4


def test_what_leaves_the_top_is_kept_within_bounds(tab):
    assert fed(tab, "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7")["scrollback"] == ["1", "2"]
    # Of the other screen, and of a region below the top, nothing is.
    assert fed(tab, f"{CSI}?1049h" + "x\r\n" * 9)["scrollback"] == []
    assert fed(tab, f"{CSI}2;4r{CSI}4;1H" + "x\r\n" * 9)["scrollback"] == []
    assert fed(tab, "".join(f"{n}\r\n" for n in range(9)) + f"{CSI}3J")["scrollback"] == []
    kept = fed(tab, "".join(f"{n}\r\n" for n in range(20_000)))["scrollback"]
    assert 3000 <= len(kept) <= 3750 and kept[-1] == "19995"


@pytest.mark.parametrize(
    "columns,rows,shown,kept,y",
    [
        (20, 3, "4\n5\n6", ["1", "2", "3"], 2),
        (20, 7, "1\n2\n3\n4\n5\n6", [], 5),
        (3, 5, "2\n3\n4\n5\n6", ["1"], 4),
    ],
)
def test_a_resize_keeps_the_text(tab, columns, rows, shown, kept, y):
    told = tab.evaluate(
        """([columns, rows]) => {
            const screen = new Screen(20, 5);
            screen.write("1\\r\\n2\\r\\n3\\r\\n4\\r\\n5\\r\\n6");
            screen.resize(columns, rows);
            screen.write("");
            return [String(screen), screen.scrollback.map(String), screen.y];
        }""",
        [columns, rows],
    )
    assert told == [shown, kept, y]


@pytest.mark.parametrize(
    "text,narrow,wide",
    [("abcdefgh", "abcd", "abcdefgh"), ("abc日本語", "abc", "abc  本語"), (f"abcdefgh{CSI}1G{CSI}K", "", "")],
)
def test_what_a_narrow_window_hides_comes_back(tab, text, narrow, wide):
    told = tab.evaluate(
        """(text) => {
            const screen = new Screen(20, 5);
            screen.write(text);
            screen.resize(4, 5);
            const narrow = String(screen);
            screen.resize(20, 5);
            return [narrow, String(screen)];
        }""",
        text,
    )
    assert told == [narrow, wide]


def test_what_is_erased_in_a_narrow_window_does_not(tab):
    told = tab.evaluate(
        """() => {
            const screen = new Screen(20, 5);
            screen.write("abcdefgh");
            screen.resize(4, 5);
            screen.write("\\x1b[2J");
            screen.resize(20, 5);
            return String(screen);
        }"""
    )
    assert told == ""


def test_any_bytes_are_taken(tab):
    """Nothing that a program prints breaks the screen, and its rows stay as wide as they are."""
    flaws = tab.evaluate(
        """() => {
            let seed = 7;
            const next = (most) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % most; };
            const pieces = ["\\x1b[", "\\x1b", ";", "?", "m", "H", "J", "K", "r", "L", "M", "@", "P", "S", "T", "日", "\\u0301",
                "\\x1b(0", "\\x1b]", "\\x07", "\\n", "\\r", "h", "l", "1049", "6", "7", "4", "2", "999", "\\t", "\\b", "x".repeat(30)];
            const screen = new Screen(17, 6);
            for (let round = 0; round < 60000; round++) {
                screen.write(next(9) ? pieces[next(pieces.length)] : new Uint8Array([next(256)]));
                if (round % 997 === 0) screen.resize(2 + next(40), 2 + next(20));
                const { x, y, rows, columns, rowCount } = screen;
                const isWhole = rows.length === rowCount && rows.every((row) =>
                    row.text.length === columns && row.style.length === columns
                    && row.text.every((text) => typeof text === "string"));
                if (!isWhole || x < 0 || y < 0 || x >= columns || y >= rowCount) return [round, x, y, columns, rowCount];
            }
            return [];
        }"""
    )
    assert flaws == []


def test_ten_megabytes_are_intact_and_do_not_take_long(tab):
    told = tab.evaluate(
        """() => {
            const screen = new Screen(80, 24);
            const bytes = new TextEncoder().encode("\\x1b[32m" + "y".repeat(70) + "\\x1b[0m é\\r\\n");
            const block = new Uint8Array(bytes.length * 200);
            for (let n = 0; n < 200; n++) block.set(bytes, n * bytes.length);
            let sum = 0;
            while (sum < 10 << 20) { screen.write(block); sum += block.length; }
            screen.write("the end");
            return [String(screen.row), String(screen.rows[0]), screen.scrollback.length <= 3750];
        }"""
    )
    assert told == ["the end", "y" * 70 + " é", True]


# MARK: How it is shown


def shown(tab, text):
    return tab.evaluate(
        """(text) => {
            const place = document.getElementById("place");
            const screen = new Screen(20, 5);
            const view = new View(place, screen, () => {});
            place.querySelector("[data-rows]").replaceChildren();
            screen.write(text);
            view.show();
            return [...place.querySelectorAll("[data-rows] > div")].map((row) => row.innerHTML);
        }""",
        text,
    )


def test_rows_are_text_and_runs_of_one_style(tab):
    rows = shown(tab, f"plain {CSI}1;31mred{CSI}0m and <b>&amp;</b>")
    assert rows[0] == 'plain <span class="bold" style="color: var(--c9);">red</span> and &lt;b&gt;&amp;am'
    assert shown(tab, f"{CSI}38;2;1;2;3mx")[0] == '<span style="color: rgb(1, 2, 3);">x</span>'
    assert shown(tab, f"{CSI}7mx")[0] == '<span style="color: var(--paper); background-color: var(--ink);">x</span>'


def test_other_characters_keep_to_their_cells(tab):
    assert shown(tab, "a日b")[0] == 'a<span class="wide">日</span>b'
    assert shown(tab, "─│")[0] == "─│"


def test_the_cursor_is_where_the_next_character_goes(tab):
    shown(tab, f"{CSI}3;5H")
    assert tab.eval_on_selector("[data-cursor]", "each => each.style.transform") == "translate(4ch, calc(2 * var(--row)))"
    shown(tab, f"{CSI}?25l")
    assert tab.eval_on_selector("[data-cursor]", "each => each.hidden")


def test_nothing_printed_becomes_markup(tab):
    rows = shown(tab, "<img src=x onerror=alert(1)>")
    assert "<img" not in "".join(rows)


# MARK: What is typed


@pytest.mark.parametrize(
    "key,modes,sent",
    [
        ("a", "", "a"),
        ("é", "", "é"),
        ("Enter", "", "\r"),
        ("Tab", "", "\t"),
        ("Shift+Tab", "", "\x1b[Z"),
        ("Backspace", "", "\x7f"),
        ("Control+Backspace", "", "\x08"),
        ("Escape", "", "\x1b"),
        ("ArrowUp", "", "\x1b[A"),
        ("ArrowUp", f"{CSI}?1h", "\x1bOA"),
        ("Control+ArrowRight", f"{CSI}?1h", "\x1b[1;5C"),
        ("Alt+ArrowLeft", "", "\x1b[1;3D"),
        ("Home", "", "\x1b[H"),
        ("End", "", "\x1b[F"),
        ("Delete", "", "\x1b[3~"),
        ("PageDown", "", "\x1b[6~"),
        ("F1", "", "\x1bOP"),
        ("F5", "", "\x1b[15~"),
        ("F12", "", "\x1b[24~"),
        ("Shift+F5", "", "\x1b[15;2~"),
        ("Control+c", "", "\x03"),
        ("Control+d", "", "\x04"),
        ("Control+[", "", "\x1b"),
        ("Control+Space", "", "\x00"),
        ("Alt+b", "", "\x1bb"),
        ("Alt+Enter", "", "\x1b\r"),
    ],
)
def test_keys(tab, key, modes, sent):
    tab.evaluate(
        """(modes) => {
            window.sent = [];
            const place = document.getElementById("place").cloneNode(true);
            document.getElementById("place").replaceWith(place);
            const screen = new Screen(20, 5);
            screen.write(modes);
            new View(place, screen, (text) => sent.push(text)).input.focus();
        }""",
        modes,
    )
    if len(key) == 1 and ord(key) > 127:
        tab.keyboard.insert_text(key)
    else:
        tab.keyboard.press(key)
    assert tab.evaluate("sent.join('')") == sent


def test_who_has_no_mouse_can_leave(tab):
    tab.focus("#place textarea")
    tab.keyboard.press("Shift+F6")
    assert tab.evaluate("document.activeElement.hasAttribute('data-out')")


@pytest.mark.parametrize(
    "modes,pasted,sent",
    [
        ("", "ls\nls\r\n", "ls\rls\r"),
        (f"{CSI}?2004h", "ls\n", "\x1b[200~ls\r\x1b[201~"),
        # A text that was copied from a hostile page ends no paste and presses no keys.
        (f"{CSI}?2004h", "a\x1b[201~rm -rf /\x03\x9b\n", "\x1b[200~a[201~rm -rf /\r\x1b[201~"),
    ],
)
def test_pastes(tab, modes, pasted, sent):
    told = tab.evaluate(
        "([modes, pasted]) => { const s = new Screen(9, 9); s.write(modes); return pasteOf(pasted, s); }", [modes, pasted]
    )
    assert told == sent
