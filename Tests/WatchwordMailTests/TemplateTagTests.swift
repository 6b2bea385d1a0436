import Testing

@testable import WatchwordMail

@Suite("The tags of a template")
struct TemplateTagTests {
    @Test("are found with what they are and where they stand")
    func finds() {
        let tags = TemplateTag.all(
            in: "a {{name}} {{# facts }}\n{{^b}}{{/b}}{{! no }}\n\n  {{{c}}} {{&d}}{{>e}}{{<f}}{{$g}}")
        let told = tags.map { "\($0.line):\($0.column) \($0.sigil.map(String.init) ?? "")\($0.name)" }
        #expect(
            told == [
                "1:3 name", "1:12 #facts", "2:1 ^b", "2:7 /b", "2:13 !no", "4:3 {c", "4:11 &d", "4:17 >e", "4:23 <f",
                "4:29 $g",
            ])
    }

    @Test("that are not closed are found as well, and the text between them is not")
    func open() {
        #expect(TemplateTag.all(in: "}} a } b { {c}").isEmpty)
        #expect(TemplateTag.all(in: "{{name").map(\.name) == ["name"])
        #expect(TemplateTag.all(in: "{{a}} {{b").map(\.column) == [1, 7])
        #expect(TemplateTag.all(in: "").isEmpty)
    }

    @Test("columns are of characters, as editors count them")
    func columns() {
        #expect(TemplateTag.all(in: "Grüße 💥 {{name}}").map(\.column) == [9])
    }
}
