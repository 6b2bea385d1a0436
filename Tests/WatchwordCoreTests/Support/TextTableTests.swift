import Testing
import WatchwordCore

@Suite("Tables on a terminal")
struct TextTableTests {
    @Test("Columns are as wide as their widest cell, two spaces apart, and lines end with their last letter")
    func columns() {
        let lines = TextTable.lines([["NAME", "STATE", "SINCE"], ["a", "published", "now"], ["longer", "x", ""]])
        #expect(lines == ["NAME    STATE      SINCE", "a       published  now", "longer  x"])
    }

    @Test("Rows may be of different lengths, the longer ones before or behind")
    func ragged() {
        #expect(TextTable.lines([["a"], ["bb", "c"], ["d", "ee", "f"]]) == ["a", "bb  c", "d   ee  f"])
        #expect(TextTable.lines([["d", "ee", "f"], ["bb", "c"], ["a"]]) == ["d   ee  f", "bb  c", "a"])
    }

    @Test("The last cell widens no column but its own")
    func last() {
        #expect(TextTable.lines([["a", "b"], ["a very long cell alone"]]).first == "a                       b")
        #expect(TextTable.lines([["a", "long"], ["b", "x"]]) == ["a  long", "b  x"])
    }

    @Test("Nothing makes nothing, an empty row an empty line")
    func empty() {
        #expect(TextTable.lines([]) == [])
        #expect(TextTable.lines([[], ["a"], [""], ["", "b"]]) == ["", "a", "", "   b"])
    }

    @Test("A letter of several bytes or scalars takes one place")
    func letters() {
        #expect(TextTable.lines([["é", "x"], ["e\u{301}e", "y"]]) == ["é   x", "e\u{301}e  y"])
    }
}
