import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let records: [Case] = [
        Case("a mail is read back whole, and what an attempt changes is written") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                var mail = Sample.mail()
                try store.insert(mail)
                try same(try store.mail(mail.id), mail)
                mail.attempts = 2
                mail.dueAt = Sample.now + .hours(1)
                mail.lastError = "refused"
                mail.dead = true
                mail.sentAt = Sample.now
                try store.update(mail)
                try same(try store.mail(mail.id), mail)
            }
        },
        Case("due mails are those neither sent nor dead, the longest due first") { stores in
            try await stores.store.write { store in
                for (id, hours) in [("later", 2), ("m2", 1), ("m1", 0), ("sent", 0), ("dead", 0)] as [(String, Int64)] {
                    var mail = Sample.mail(id, of: nil)
                    mail.dueAt = Sample.now + .hours(hours)
                    try store.insert(mail)
                    if id == "sent" { mail.sentAt = Sample.now }
                    if id == "dead" { mail.dead = true }
                    try store.update(mail)
                }
                let hence = Sample.now + .hours(1)
                try same(try store.mailsDue(at: hence, limit: 9).map(\.id.text), ["m1", "m2"])
                try same(try store.mailsDue(at: hence, limit: 1).map(\.id.text), ["m1"])
                try same(try store.mails(limit: 2).map(\.id.text), ["dead", "sent"])
                try same(try store.deadMails(limit: 9).map(\.id.text), ["dead"])
                try same(try store.deadMails(limit: 0).map(\.id.text), [])
                try same(try store.removeMail(ID("dead")), true)
                try same(try store.removeMail(ID("dead")), false)
                try same(try store.mails(limit: 9).map(\.id.text), ["sent", "m1", "m2", "later"])
            }
        },
        Case("audit events keep every field and come newest first, of all or of one account") { stores in
            let signIn = AuditEvent(
                at: Sample.now, kind: .signIn, accountID: ID("a1"), sessionID: ID("s1"), address: "192.0.2.1",
                outcome: "invalid_credentials", detail: "email")
            try await stores.store.write { store in
                try store.append(signIn)
                try store.append(AuditEvent(at: Sample.now, kind: .throttled, address: "192.0.2.2"))
                try store.append(AuditEvent(at: Sample.now, kind: .signOut, accountID: ID("a1"), address: "cli"))
            }
            try await stores.store.read { store in
                let all = try store.auditEvents(of: nil, limit: 9)
                try same(all.map(\.kind), [.signOut, .throttled, .signIn])
                try same(all.map(\.sequence), all.map(\.sequence).sorted(by: >))
                var expected = signIn
                expected.sequence = all[2].sequence
                try same(all[2], expected)
                try same(try store.auditEvents(of: ID("a1"), limit: 9).map(\.kind), [.signOut, .signIn])
                try same(try store.auditEvents(of: nil, limit: 1).map(\.kind), [.signOut])
            }
        },
        Case("every kind of audit event, mail and session end is stored") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                for kind in AuditEvent.Kind.allCases {
                    try store.append(AuditEvent(at: Sample.now, kind: kind, address: "cli"))
                }
                try same(try store.auditEvents(of: nil, limit: 99).map(\.kind), AuditEvent.Kind.allCases.reversed())
                for kind in Mail.Kind.allCases {
                    var mail = Sample.mail(kind.rawValue)
                    mail.kind = kind
                    try store.insert(mail)
                    try same(try store.mail(mail.id)?.kind, kind)
                }
                for reason in Session.Reason.allCases {
                    try store.insert(Sample.session(reason.rawValue))
                    let end = Session.End(at: Sample.now, reason: reason)
                    _ = try store.endSession(ID(reason.rawValue), end)
                    try same(try store.session(ID(reason.rawValue))?.ended, end)
                }
            }
        },
        Case("changes come in order, after the number last seen") { stores in
            let start = try await stores.store.read { try $0.lastChange() }
            try await stores.store.write { store in
                try store.announce(.account(ID("a1")))
                try store.announce(.session(ID("s1")))
                try store.announce(.apiKey(ID("k1")))
            }
            try await stores.store.read { store in
                let changes = try store.changes(after: start)
                try same(changes.map(\.change), [.account(ID("a1")), .session(ID("s1")), .apiKey(ID("k1"))])
                try same(changes.map(\.sequence), changes.map(\.sequence).sorted())
                try same(try store.lastChange(), changes[2].sequence)
                try same(try store.changes(after: changes[1].sequence).map(\.change), [.apiKey(ID("k1"))])
                try same(try store.changes(after: changes[2].sequence).count, 0)
            }
        },
    ]
}
