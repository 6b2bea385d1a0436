import WatchwordCore
import WatchwordEngine

extension StoreContract {
    private static let signedOut = Session.End(at: Sample.now + .seconds(1), reason: .signedOut)

    static let sessions: [Case] = [
        Case("a session is read back whole, and its end with it") { stores in
            var session = Sample.session()
            session.device = "Ada's phone"
            try await stores.store.write { [session] store in
                _ = try store.insert(Sample.account())
                try store.insert(session)
                try same(try store.session(session.id), session)
                try same(try store.endSession(session.id, signedOut), true)
            }
            session.ended = signedOut
            try same(try await stores.store.read { try $0.session(ID("s1")) }, session)
        },
        Case("a session ends once, and not after its time") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.session())
                try same(try store.endSession(ID("s1"), signedOut), true)
                let later = Session.End(at: Sample.now + .seconds(2), reason: .revoked)
                try same(try store.endSession(ID("s1"), later), false)
                try same(try store.session(ID("s1"))?.ended, signedOut)
                try store.insert(Sample.session("s2"))
                let past = Session.End(at: Sample.now + .hours(1), reason: .revoked)
                try same(try store.endSession(ID("s2"), past), false)
                try same(try store.endSession(ID("none"), signedOut), false)
            }
        },
        Case("live sessions come newest first, without those ended or past their end") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                _ = try store.insert(Sample.account("a2"))
                for id in ["s1", "s2", "s3"] { try store.insert(Sample.session(id)) }
                try store.insert(Sample.session("short", hours: 0))
                try store.insert(Sample.session("foreign", of: "a2"))
                _ = try store.endSession(ID("s2"), signedOut)
                try same(try store.sessions(of: ID("a1"), liveAt: Sample.now).map(\.id.text), ["s3", "s1"])
                try same(try store.sessions(of: ID("a1"), liveAt: Sample.now + .hours(1)), [])
            }
        },
        Case("ending an account's sessions keeps the one named, and says which ended") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                _ = try store.insert(Sample.account("a2"))
                for id in ["s1", "s2", "s3"] { try store.insert(Sample.session(id)) }
                try store.insert(Sample.session("foreign", of: "a2"))
                _ = try store.endSession(ID("s1"), signedOut)
                let end = Session.End(at: Sample.now + .seconds(5), reason: .passwordChanged)
                try same(try store.endSessions(of: ID("a1"), except: ID("s3"), end).map(\.text), ["s2"])
                try same(try store.session(ID("s1"))?.ended, signedOut)
                try same(try store.session(ID("s2"))?.ended, end)
                try same(try store.endSessions(of: ID("a1"), except: nil, end).map(\.text), ["s3"])
                try same(try store.endSessions(of: ID("a1"), except: nil, end), [])
                try same(try store.session(ID("foreign"))?.ended, nil)
            }
        },
    ]
}
