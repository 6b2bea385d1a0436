import Testing
import WatchwordCore

/// The cases of the JSON Parsing Test Suite (github.com/nst/JSONTestSuite) that parsers disagree about most, under its
/// names: `y_` must be read and `n_` must not; of `i_`, which RFC 8259 leaves open, what is done here is held.
@Suite("The cases of the JSON Parsing Test Suite")
struct JSONConformanceTests {
    private func read(_ bytes: [UInt8]) -> Value? { try? JSON.parse(bytes).get() }

    @Test(
        "that every parser reads",
        arguments: [
            ("y_array_arraysWithSpaces", "[[]   ]"), ("y_array_ending_with_newline", "[\"a\"]\n"),
            ("y_array_heterogeneous", "[null, 1, \"1\", {}]"), ("y_array_with_1_and_newline", "[1\n]"),
            ("y_array_with_leading_space", " [1]"), ("y_array_with_several_null", "[1,null,null,null,2]"),
            ("y_number_0e+1", "[0e+1]"), ("y_number_0e1", "[0e1]"), ("y_number_after_space", "[ 4]"),
            ("y_number_double_close_to_zero", "[-0.0000000000000000000000000000000000000000000000000000000001]"),
            ("y_number_minus_zero", "[-0]"), ("y_number_negative_one", "[-1]"), ("y_number_real_capital_e", "[1E22]"),
            ("y_number_real_capital_e_neg_exp", "[1E-2]"), ("y_number_real_exponent", "[123e45]"),
            ("y_number_real_fraction_exponent", "[123.456e78]"), ("y_object_empty_key", "{\"\":0}"),
            ("y_object_escaped_null_in_key", #"{"foo\u0000bar": 42}"#),
            ("y_object_extreme_numbers", "{\"min\":-1.0e+28}"),
            ("y_object_with_newlines", "{\n\"a\": \"b\"\n}"),
            ("y_string_accepted_surrogate_pair", #"["\uD801\udc37"]"#),
            ("y_string_accepted_surrogate_pairs", #"["\ud83d\ude39\ud83d\udc8d"]"#),
            ("y_string_allowed_escapes", #"["\"\\\/\b\f\n\r\t"]"#), ("y_string_backslash_doublequotes", #"["\""]"#),
            ("y_string_comments", "[\"a/*b*/c/*d//e\"]"), ("y_string_double_escape_a", #"["\\a"]"#),
            ("y_string_double_escape_n", #"["\\n"]"#), ("y_string_last_surrogates_1_and_2", #"["\uDBFF\uDFFF"]"#),
            ("y_string_nonCharacterInUTF-8_U+FFFF", "[\"\u{FFFF}\"]"), ("y_string_null_escape", #"["\u0000"]"#),
            ("y_string_one-byte-utf-8", #"["\u002c"]"#), ("y_string_pi", "[\"π\"]"),
            ("y_string_u+2028_line_sep", "[\"\u{2028}\"]"), ("y_string_uescaped_newline", #"["new\u000Aline"]"#),
            ("y_string_unescaped_char_delete", "[\"\u{7F}\"]"), ("y_string_unicodeEscapedBackslash", #"["\u005C"]"#),
            ("y_string_unicode_U+FDD0_nonchar", #"["\uFDD0"]"#),
            ("y_string_unicode_escaped_double_quote", #"["\u0022"]"#),
            ("y_structure_lonely_false", "false"), ("y_structure_lonely_negative_real", "-0.1"),
            ("y_string_space", "\" \""), ("y_structure_string_empty", "\"\""), ("y_structure_whitespace_array", " [] "),
        ])
    func read(_ name: String, _ text: String) {
        #expect(read(Array(text.utf8)) != nil, "\(name)")
    }

    @Test(
        "that none reads",
        arguments: [
            ("n_array_1_true_without_comma", "[1 true]"), ("n_array_colon_instead_of_comma", "[\"\": 1]"),
            ("n_array_comma_after_close", "[\"\"],"), ("n_array_comma_and_number", "[,1]"),
            ("n_array_double_comma", "[1,,2]"), ("n_array_double_extra_comma", "[\"x\",,]"),
            ("n_array_extra_close", "[\"x\"]]"), ("n_array_extra_comma", "[\"\",]"), ("n_array_inner", "[3[4]]"),
            ("n_array_items_separated_by_semicolon", "[1:2]"), ("n_array_just_comma", "[,]"),
            ("n_array_just_minus", "[-]"),
            ("n_array_missing_value", "[   , \"\"]"), ("n_array_newlines_unclosed", "[\"a\",\n4\n,1,"),
            ("n_array_spaces_vertical_tab_formfeed", "[\"\u{B}a\"\\f]"), ("n_array_star_inside", "[*]"),
            ("n_array_unclosed_with_object_inside", "[{}"), ("n_incomplete_false", "[fals]"),
            ("n_incomplete_null", "[nul]"), ("n_incomplete_true", "[tru]"), ("n_multidigit_number_then_00", "123\u{0}"),
            ("n_number_++", "[++1234]"), ("n_number_+1", "[+1]"), ("n_number_-01", "[-01]"),
            ("n_number_-1.0.", "[-1.0.]"),
            ("n_number_-2.", "[-2.]"), ("n_number_-NaN", "[-NaN]"), ("n_number_.-1", "[.-1]"),
            ("n_number_.2e-3", "[.2e-3]"), ("n_number_0.1.2", "[0.1.2]"), ("n_number_0.3e", "[0.3e]"),
            ("n_number_0.3e+", "[0.3e+]"), ("n_number_0.e1", "[0.e1]"), ("n_number_0_capital_E+", "[0E+]"),
            ("n_number_1.0e-", "[1.0e-]"), ("n_number_1_000", "[1 000.0]"), ("n_number_1eE2", "[1eE2]"),
            ("n_number_2.e+3", "[2.e+3]"), ("n_number_9.e+", "[9.e+]"), ("n_number_expression", "[1+2]"),
            ("n_number_hex_1_digit", "[0x1]"), ("n_number_infinity", "[Infinity]"),
            ("n_number_invalid+-", "[0e+-1]"), ("n_number_minus_infinity", "[-Infinity]"),
            ("n_number_minus_sign_with_trailing_garbage", "[-foo]"), ("n_number_minus_space_1", "[- 1]"),
            ("n_number_neg_int_starting_with_zero", "[-012]"), ("n_number_neg_real_without_int_part", "[-.123]"),
            ("n_number_neg_with_garbage_at_end", "[-1x]"), ("n_number_real_garbage_after_e", "[1ea]"),
            ("n_number_real_without_fractional_part", "[1.]"), ("n_number_starting_with_dot", "[.123]"),
            ("n_number_U+FF11_fullwidth_digit_one", "[１]"), ("n_number_with_alpha", "[1.2a-3]"),
            ("n_number_with_leading_zero", "[012]"), ("n_object_bad_value", "[\"x\", truth]"),
            ("n_object_bracket_key", "{[: \"x\"}\n"), ("n_object_comma_instead_of_colon", "{\"x\", null}"),
            ("n_object_double_colon", "{\"x\"::\"b\"}"), ("n_object_emoji", "{🇨🇭}"),
            ("n_object_garbage_at_end", "{\"a\":\"a\" 123}"), ("n_object_missing_colon", "{\"a\" b}"),
            ("n_object_missing_key", "{:\"b\"}"), ("n_object_missing_value", "{\"a\":"),
            ("n_object_no-colon", "{\"a\""),
            ("n_object_non_string_key", "{1:1}"), ("n_object_repeated_null_null", "{null:null,null:null}"),
            ("n_object_several_trailing_commas", "{\"id\":0,,,,,}"), ("n_object_single_quote", "{'a':0}"),
            ("n_object_trailing_comma", "{\"id\":0,}"), ("n_object_trailing_comment", "{\"a\":\"b\"}/**/"),
            ("n_object_two_commas_in_a_row", "{\"a\":\"b\",,\"c\":\"d\"}"), ("n_object_unquoted_key", "{a: \"b\"}"),
            ("n_object_unterminated-value", "{\"a\":\"a"), ("n_object_with_trailing_garbage", "{\"a\":\"b\"}#"),
            ("n_single_space", " "), ("n_string_1_surrogate_then_escape", #"["\uD800\"]"#),
            ("n_string_1_surrogate_then_escape_u", #"["\uD800\u"]"#),
            ("n_string_1_surrogate_then_escape_u1x", #"["\uD800\u1x"]"#),
            ("n_string_accentuated_char_no_quotes", "[é]"),
            ("n_string_backslash_00", "[\"\\\u{0}\"]"), ("n_string_escape_x", #"["\x00"]"#),
            ("n_string_escaped_backslash_bad", #"["\\\"]"#), ("n_string_escaped_ctrl_char_tab", "[\"\\\t\"]"),
            ("n_string_escaped_emoji", "[\"\\🌀\"]"), ("n_string_incomplete_escaped_character", #"["\u00A"]"#),
            ("n_string_incomplete_surrogate", #"["\uD834\uDd"]"#),
            ("n_string_invalid_backslash_esc", #"["\a"]"#), ("n_string_invalid_unicode_escape", #"["\uqqqq"]"#),
            ("n_string_leading_uescaped_thinspace", #"[\u0020"asd"]"#),
            ("n_string_no_quotes_with_bad_escape", #"[\n]"#),
            ("n_string_single_quote", "['single quote']"), ("n_string_unescaped_newline", "[\"new\nline\"]"),
            ("n_string_unescaped_tab", "[\"\t\"]"), ("n_string_unicode_CapitalU", #""\UA66D""#),
            ("n_string_with_trailing_garbage", "\"\"x"), ("n_structure_U+2060_word_joined", "[\u{2060}]"),
            ("n_structure_UTF8_BOM_no_data", "\u{FEFF}"), ("n_structure_angle_bracket_null", "[<null>]"),
            ("n_structure_capitalized_True", "[True]"), ("n_structure_close_unopened_array", "1]"),
            ("n_structure_double_array", "[][]"), ("n_structure_null-byte-outside-string", "[\u{0}]"),
            ("n_structure_number_with_trailing_garbage", "2@"),
            ("n_structure_object_followed_by_closing_object", "{}}"),
            ("n_structure_object_with_comment", "{\"a\":/*comment*/\"b\"}"), ("n_structure_open_array_comma", "[,"),
            ("n_structure_open_object_close_array", "{]"), ("n_structure_open_open", #"["\{["\{["\{["\{"#),
            ("n_structure_single_star", "*"), ("n_structure_whitespace_formfeed", "[\u{C}]"),
            ("n_structure_whitespace_U+2060_word_joiner", "[\u{2060}]"),
        ])
    func refused(_ name: String, _ text: String) {
        #expect(read(Array(text.utf8)) == nil, "\(name)")
    }

    @Test(
        "that are left open, and are refused here",
        arguments: [
            ("i_number_huge_exp", "[0.4e00669999999999999999999999999999999999999999999999]"),
            ("i_number_neg_int_huge_exp", "[-1e+9999]"), ("i_number_real_pos_overflow", "[123123e100000]"),
            ("i_object_key_lone_2nd_surrogate", #"{"\uDFAA":0}"#),
            ("i_string_1st_surrogate_but_2nd_missing", #"["\uDADA"]"#),
            ("i_string_1st_valid_surrogate_2nd_invalid", #"["\uD888\u1234"]"#),
            ("i_string_incomplete_surrogates_escape_valid", #"["\uD800\uD800\n"]"#),
            ("i_string_inverted_surrogates_U+1D11E", #"["\uDd1e\uD834"]"#),
            ("i_string_lone_second_surrogate", #"["\uDFAA"]"#),
            ("i_structure_500_nested_arrays", String(repeating: "[", count: 500) + String(repeating: "]", count: 500)),
            ("i_structure_UTF-8_BOM_empty_object", "\u{FEFF}{}"), ("y_object_duplicated_key", #"{"a":"b","a":"c"}"#),
            ("y_object_duplicated_key_and_value", #"{"a":"b","a":"b"}"#),
        ])
    func stricter(_ name: String, _ text: String) {
        #expect(read(Array(text.utf8)) == nil, "\(name)")
    }

    @Test("that are left open, and are read as the nearest number")
    func numbers() {
        let cases: [(String, Value)] = [
            ("123.456e-789", .double(0)),
            ("-123123123123123123123123123123", .double(-1.2312312312312312e29)),
            ("100000000000000000000", .double(1e20)), ("9007199254740993", .int(9_007_199_254_740_993)),
            ("-9223372036854775809", .double(-9_223_372_036_854_775_808)), ("1.0", .double(1)), ("10E-1", .double(1)),
            ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)), ("5e-324", .double(.leastNonzeroMagnitude)),
        ]
        for (text, value) in cases { #expect(read(Array(text.utf8)) == value, "\(text)") }
    }

    @Test(
        "of bytes that are no UTF-8, all refused",
        arguments: [
            ("i_string_UTF-16LE_with_BOM", [0xFF, 0xFE, 0x5B, 0x00, 0x22, 0x00, 0xE9, 0x00, 0x22, 0x00, 0x5D, 0x00]),
            ("i_string_utf16BE_no_BOM", [0x00, 0x5B, 0x00, 0x22, 0x00, 0xE9, 0x00, 0x22, 0x00, 0x5D]),
            ("i_string_iso_latin_1", [0x5B, 0x22, 0xE9, 0x22, 0x5D]),
            ("i_string_not_in_unicode_range", [0x5B, 0x22, 0xF4, 0xBF, 0xBF, 0xBF, 0x22, 0x5D]),
            ("i_string_overlong_sequence_2_bytes", [0x5B, 0x22, 0xC0, 0xAF, 0x22, 0x5D]),
            ("i_string_overlong_sequence_6_bytes", [0x5B, 0x22, 0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF, 0x22, 0x5D]),
            ("i_string_truncated-utf-8", [0x5B, 0x22, 0xE0, 0xFF, 0x22, 0x5D]),
            ("n_number_invalid-utf-8-in-bigger-int", [0x5B, 0x31, 0x32, 0x33, 0xE5, 0x5D]),
            ("n_string_invalid_utf-8_in_escape", [0x5B, 0x22, 0x5C, 0x75, 0xE5, 0x22, 0x5D]),
            ("n_structure_incomplete_UTF8_BOM", [0xEF, 0xBB, 0x7B, 0x7D]),
        ] as [(String, [UInt8])])
    func encodings(_ name: String, _ bytes: [UInt8]) {
        #expect(read(bytes) == nil, "\(name)")
    }

    @Test("Control characters are refused raw in a string, one and all, and each is read and written escaped")
    func controls() {
        for byte in 0..<0x20 as Range<UInt8> {
            guard case .failure(let problem) = JSON.parse([0x22, byte, 0x22]) else {
                Issue.record("\(byte) was read")
                continue
            }
            #expect(problem == JSON.Problem(offset: 1, reason: .control))
            let value = Value.string(String(Unicode.Scalar(byte)))
            let text = JSON.text(value)
            #expect(!text.utf8.contains { $0 < 0x20 })
            #expect(read(Array(text.utf8)) == value)
        }
    }

    @Test("Only the four blanks of RFC 8259 section 2 stand between, and every other byte does not")
    func blanks() {
        let blanks: [UInt8] = [0x09, 0x0A, 0x0D, 0x20]
        for byte in 0...0xFF as ClosedRange<UInt8> where !(0x30...0x39).contains(byte) {
            #expect((read([byte, 0x31]) == .int(1)) == blanks.contains(byte), "before: \(byte)")
            #expect((read([0x31, byte]) == .int(1)) == blanks.contains(byte), "behind: \(byte)")
        }
    }

    @Test("Every hexadecimal digit counts in either case, and nothing beside them is one")
    func hexadecimal() {
        let digits = "0123456789abcdef"
        for byte in 0...0xFF as ClosedRange<UInt8> {
            let character = Character(Unicode.Scalar(byte))
            let place = digits.firstIndex(of: Character(character.lowercased()))
            let value = byte < 0x80 ? place.map { UInt8(digits.distance(from: digits.startIndex, to: $0)) } : nil
            #expect(hexadecimalDigit(byte) == value, "\(byte)")
        }
    }
}
