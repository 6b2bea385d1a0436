import WatchwordCore

extension RealmTransaction {
    func nextNumber(_ noun: String) throws -> Int64 {
        try number(
            """
            INSERT INTO counter (realm, noun, value) VALUES ($1, $2, 1)
            ON CONFLICT (realm, noun) DO UPDATE SET value = counter.value + 1 RETURNING value
            """,
            [.text(noun)])
    }
}
