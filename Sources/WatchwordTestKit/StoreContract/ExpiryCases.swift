import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let expiry: [Case] = [
        Case("what is past its end is removed, and nothing else") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.session("old", hours: 1))
                try store.insert(Sample.session("new", hours: 3))
                try store.insert(Sample.accessToken(1, second: 1, session: "new"))
                try store.insert(
                    RefreshTokenRecord(
                        digest: Sample.digest(2), sessionID: ID("new"), expiresAt: Sample.now + .hours(3)))
                try store.insert(Sample.oneTimeToken(3))
                try same(try store.removeExpired(at: Sample.now + .seconds(3_599), limit: 100), 0)
                try same(try store.removeExpired(at: Sample.now + .hours(1), limit: 100), 3)
                try same(try store.session(ID("old")), nil)
                try same(try store.accessToken(Sample.digest(1)), nil)
                try same(try store.oneTimeToken(Sample.digest(3)), nil)
                try same(try store.session(ID("new")) != nil, true)
                try same(try store.refreshToken(Sample.digest(2)) != nil, true)
            }
        },
        Case("mails stay a day after they were sent, unsent ones for good") { stores in
            try await stores.store.write { store in
                for id in ["sent", "waiting"] {
                    var mail = Sample.mail(id, of: nil)
                    try store.insert(mail)
                    if id == "sent" { mail.sentAt = Sample.now }
                    try store.update(mail)
                }
                try same(try store.removeExpired(at: Sample.now + .hours(23), limit: 100), 0)
                try same(try store.removeExpired(at: Sample.now + .days(1), limit: 100), 1)
                try same(try store.mails(limit: 9).map(\.id.text), ["waiting"])
            }
        },
        Case("changes go a day after a sweep first saw them, and the last number stays") { stores in
            try await stores.store.write { store in
                for number in 1...3 { try store.announce(.session(ID("s\(number)"))) }
                let last = try store.lastChange()
                try same(try store.removeExpired(at: Sample.now, limit: 100), 0)
                try same(try store.removeExpired(at: Sample.now + .days(1), limit: 100), 2)
                try same(try store.lastChange(), last)
                try store.announce(.account(ID("a1")))
                try same(try store.changes(after: last).map(\.change), [.account(ID("a1"))])
            }
        },
        Case("a sweep removes no more than it is allowed") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                for number in 1...5 { try store.insert(Sample.oneTimeToken(UInt8(number))) }
                for number in 1...5 { try store.insert(Sample.session("s\(number)")) }
                let later = Sample.now + .days(2)
                try same(try store.removeExpired(at: later, limit: 4), 4)
                try same(try store.removeExpired(at: later, limit: 4), 4)
                try same(try store.removeExpired(at: later, limit: 4), 2)
                try same(try store.removeExpired(at: later, limit: 4), 0)
            }
        },
        Case("a sweep leaves other realms alone") { stores in
            try await stores.other.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.session())
            }
            let removed = try await stores.store.write { try $0.removeExpired(at: Sample.now + .days(9), limit: 100) }
            try same(removed, 0)
            try same(try await stores.other.read { try $0.session(ID("s1")) != nil }, true)
        },
    ]
}
