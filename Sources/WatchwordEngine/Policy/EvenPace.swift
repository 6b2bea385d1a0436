/// Does the work and answers when `floor` has passed since its beginning, or when the work is done if that is later:
/// what the work found out, and how much it had to do, cannot be read off a clock.
///
/// A fault is thrown at once. A caller who stops waiting is not kept.
func evenly<Output, Pacer: Clock>(
    _ floor: Pacer.Duration, by pacer: Pacer, _ work: () async throws -> Output
) async throws -> Output {
    let end = pacer.now.advanced(by: floor)
    let output = try await work()
    try? await pacer.sleep(until: end, tolerance: nil)
    return output
}
