// swift-tools-version: 6.2

import PackageDescription

// Every target of ours: no warnings, existentials spelled out, imports seen only where written.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library or test target with the house's settings.
func house(
    _ name: String, _ dependencies: [Target.Dependency], test: Bool = false, path: String? = nil,
    exclude: [String] = [], resources: [Resource] = []
) -> Target {
    test
        ? .testTarget(
            name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
        : .target(name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: settings)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOWebSocket", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
]

let package = Package(
    name: "watchword",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "watchword", targets: ["watchword"]),
        .executable(name: "vsay-agent", targets: ["vsay-agent"]),
        .library(name: "WatchwordVerifier", targets: ["WatchwordVerifier"]),
        .library(name: "WatchwordVerifierHummingbird", targets: ["WatchwordVerifierHummingbird"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: Values and rules
        house("WatchwordCore", []),
        house("WatchwordDialect", ["WatchwordCore"]),

        // The dialects that our programs carry.
        house("WatchwordBuiltIn", []),
        // What an agent and the server say to each other about terminals.
        house("WatchwordRelay", ["WatchwordCore"]),

        // What a dialect says, told to people and to tools.
        house("WatchwordDescribe", ["WatchwordCore", "WatchwordDialect"]),

        // MARK: The engine and its ports
        house("WatchwordEngine", ["WatchwordCore", crypto]),

        // MARK: What fills the ports
        .systemLibrary(name: "CArgon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CXCrypt", providers: [.apt(["libcrypt-dev"])]),
        house(
            "WatchwordCrypto",
            ["CArgon2", "CXCrypt", "WatchwordCore", "WatchwordEngine", crypto, cryptoExtras]),
        house("WatchwordStore", ["WatchwordCore", "WatchwordEngine", grdb]),
        house("WatchwordMail", ["CCurl", "WatchwordCore", "WatchwordEngine", lifecycle, logging, mustache]),

        // MARK: The wire
        house(
            "WatchwordHTTP",
            [
                "WatchwordCore", "WatchwordDialect", "WatchwordEngine", "WatchwordRelay", hummingbirdCore, httpTypes,
                lifecycle, logging,
            ] + nio),

        // MARK: The pages
        house("WatchwordWeb", ["WatchwordCore", "WatchwordDialect", "WatchwordEngine", crypto, logging, mustache]),

        // MARK: Exchanges: recorded, replayed, compared
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        house(
            "WatchwordExchange",
            [
                "CCurl", "WatchwordCore", "WatchwordDialect", "WatchwordHTTP", lifecycle, logging,
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),

        // MARK: The agent's side, and a person's terminal
        .target(name: "CPTY"),
        house(
            "WatchwordClient",
            [
                "CPTY", "WatchwordBuiltIn", "WatchwordCore", "WatchwordDialect", "WatchwordRelay", arguments, lifecycle,
                logging, signals,
            ] + nio),
        .executableTarget(
            name: "vsay-agent", dependencies: ["WatchwordClient", arguments], swiftSettings: settings),

        // MARK: Composition
        house(
            "WatchwordServer",
            [
                "WatchwordBuiltIn", "WatchwordCore", "WatchwordCrypto", "WatchwordDescribe", "WatchwordDialect",
                "WatchwordEngine", "WatchwordHTTP", "WatchwordMail", "WatchwordStore", "WatchwordWeb", configuration,
                lifecycle, logging, signals,
            ]),
        house(
            "WatchwordCommands",
            [
                "WatchwordBuiltIn", "WatchwordClient", "WatchwordCore", "WatchwordDescribe", "WatchwordDialect",
                "WatchwordEngine", "WatchwordExchange", "WatchwordMail", "WatchwordServer", arguments, lifecycle,
                logging, signals,
            ]),
        .executableTarget(
            name: "watchword", dependencies: ["WatchwordCommands"], swiftSettings: settings),

        .executableTarget(
            name: "watchword-bench",
            dependencies: ["WatchwordCore", "WatchwordCrypto", "WatchwordEngine", "WatchwordStore"],
            path: "Benchmarks/InProcess", swiftSettings: settings),
        // Ten thousand agents on one listener.
        .executableTarget(
            name: "watchword-bench-sockets", dependencies: nio + [arguments], path: "Benchmarks/Sockets",
            swiftSettings: settings),

        // MARK: For the services behind
        house("WatchwordVerifier", ["WatchwordCore", crypto, cryptoExtras]),
        house("WatchwordVerifierHummingbird", ["WatchwordVerifier", hummingbird, httpTypes]),

        // MARK: Tests
        house(
            "WatchwordTestKit",
            ["WatchwordCore", "WatchwordCrypto", "WatchwordDialect", "WatchwordEngine", "WatchwordStore"]),
        house("WatchwordCoreTests", ["WatchwordCore"], test: true),
        house("WatchwordRelayTests", ["WatchwordCore", "WatchwordRelay"], test: true),
        house(
            "WatchwordClientTests",
            [
                "CPTY", "WatchwordClient", "WatchwordCore", "WatchwordDialect", "WatchwordRelay", "WatchwordTestKit",
                logging,
            ]
                + nio, test: true),
        house(
            "WatchwordDialectTests", ["WatchwordCore", "WatchwordDialect", "WatchwordTestKit"], test: true,
            exclude: ["Fixtures"]),
        house("WatchwordDescribeTests", ["WatchwordCore", "WatchwordDescribe", "WatchwordDialect"], test: true),
        house(
            "WatchwordExchangeTests",
            ["WatchwordCore", "WatchwordDialect", "WatchwordExchange", "WatchwordHTTP", "WatchwordTestKit"], test: true),
        house("WatchwordEngineTests", ["WatchwordCore", "WatchwordEngine", "WatchwordTestKit"], test: true),
        house(
            "WatchwordCryptoTests", ["WatchwordCore", "WatchwordCrypto", "WatchwordEngine", "WatchwordTestKit"],
            test: true, exclude: ["Fixtures"]),
        house(
            "WatchwordStoreTests", ["WatchwordCore", "WatchwordEngine", "WatchwordStore", "WatchwordTestKit"],
            test: true),
        house(
            "WatchwordMailTests", ["CCurl", "WatchwordCore", "WatchwordEngine", "WatchwordMail", "WatchwordTestKit"],
            test: true),
        house(
            "WatchwordHTTPTests",
            [
                "WatchwordCore", "WatchwordDialect", "WatchwordEngine", "WatchwordHTTP", "WatchwordRelay",
                "WatchwordTestKit", lifecycle, logging,
            ] + nio, test: true),
        house(
            "WatchwordWebTests",
            ["WatchwordCore", "WatchwordDialect", "WatchwordEngine", "WatchwordTestKit", "WatchwordWeb", logging],
            test: true),
        house(
            "WatchwordServerTests",
            [
                "WatchwordBuiltIn", "WatchwordCommands", "WatchwordCore", "WatchwordDescribe", "WatchwordDialect",
                "WatchwordEngine", "WatchwordMail", "WatchwordServer", "WatchwordTestKit", logging, signals,
            ], test: true),
        house(
            "WatchwordVerifierTests",
            [
                "WatchwordCore", "WatchwordCrypto", "WatchwordEngine", "WatchwordTestKit", "WatchwordVerifier",
                "WatchwordVerifierHummingbird", hummingbird, httpTypes, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], test: true),
    ]
)
