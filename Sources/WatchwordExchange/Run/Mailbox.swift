import FoundationEssentials
import WatchwordCore

/// A folder into which a server writes its messages, a file each (RFC 5322).
public struct Mailbox: Sendable {
    private let folder: String
    /// How often it looks again, 50 ms apart.
    private let patience: Int

    public init(folder: String, patience: Int = 1_200) {
        self.folder = folder
        self.patience = patience
    }

    /// The token of a message: `mail.verify`, `mail.reset.2` (the second of its kind to that address).
    func token(_ words: String, to address: String) async throws -> String {
        let parts = words.split(separator: ".")
        let kind = parts.count > 1 ? String(parts[1]) : ""
        let index = parts.count > 2 ? Int(parts[2]) ?? 1 : 1
        for _ in 0..<patience {
            let found = tokens(kind, to: address)
            if found.count >= index { return found[index - 1] }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Conversation.Missing(description: "no \(kind) message \(index) to \(address) came into \(folder)")
    }

    private func tokens(_ kind: String, to address: String) -> [String] {
        let manager = FileManager.default
        let names = (manager.enumerated(folder)).filter { $0.hasSuffix(".eml") }
        let dated = names.compactMap { name -> (date: Date, name: String, text: String)? in
            guard let data = manager.contents(atPath: name) else { return nil }
            let date = (try? manager.attributesOfItem(atPath: name)[.modificationDate]) as? Date
            return (date ?? .distantPast, name, String(decoding: data, as: UTF8.self))
        }
        return dated.sorted { ($0.date, $0.name) < ($1.date, $1.name) }.compactMap {
            Self.token(kind, to: address, in: $0.text)
        }
    }

    /// The token in a link of a message of that kind to that address.
    static func token(_ kind: String, to address: String, in message: String) -> String? {
        // Quoted-printable breaks lines with `=` and writes `=` as `=3D`.
        let text = message.replacing("\r\n", with: "\n").replacing("=\n", with: "").replacing("=3D", with: "=")
        let isToAddress = text.split(separator: "\n").contains {
            $0.lowercased().hasPrefix("to:") && $0.lowercased().contains(address)
        }
        guard isToAddress, let link = text.firstRange(of: "?token=") else { return nil }
        let path = text[..<link.lowerBound].split(separator: "/").last ?? ""
        guard (path.contains("reset") ? "reset" : "verify") == kind else { return nil }
        let token = text[link.upperBound...].prefix {
            $0.isASCII && ($0.isLetter || $0.isNumber || "_~.%-".contains($0))
        }
        return token.isEmpty ? nil : String(token)
    }
}

extension FileManager {
    /// The paths of all files under a folder.
    fileprivate func enumerated(_ folder: String) -> [String] {
        let names = (try? subpathsOfDirectory(atPath: folder)) ?? []
        return names.map { "\(folder)/\($0)" }
    }
}
