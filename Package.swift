// swift-tools-version: 6.1
import PackageDescription

// Dependencies point one way: PortalKernels <- LeptonicPortal <- ComputeDevices <- Scanning -> ScanStore; only the
// command line prints or exits.
let package = Package(
  name: "leptoscan",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "leptoscan", targets: ["leptoscan"]),
    .library(name: "LeptonicPortal", targets: ["LeptonicPortal"]),
    .library(name: "ComputeDevices", targets: ["ComputeDevices"]),
    .library(name: "Fitting", targets: ["Fitting"]),
    .library(name: "Production", targets: ["Production"]),
    .library(name: "Events", targets: ["Events"]),
    .library(name: "ScanStore", targets: ["ScanStore"]),
    .library(name: "Experiments", targets: ["Experiments"]),
    .library(name: "Constraints", targets: ["Constraints"]),
    .library(name: "Scanning", targets: ["Scanning"]),
    .library(name: "Limits", targets: ["Limits"]),
    .library(name: "Statistics", targets: ["Statistics"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "PortalKernels", path: "Kernels", exclude: ["portable", "opencl", "data"], sources: ["native"]),
    .systemLibrary(
      name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
    .target(name: "COpenCL", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "LeptonicPortal", dependencies: ["PortalKernels"], linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CHostResources"),
    .target(name: "HostResources", dependencies: ["CHostResources"]),
    .target(name: "ComputeDevices", dependencies: ["COpenCL", "HostResources", "LeptonicPortal", "PortalKernels"]),
    .target(name: "SelfTesting", dependencies: ["ComputeDevices", "LeptonicPortal", "PortalKernels"]),
    .target(name: "Production", dependencies: ["LeptonicPortal", "ComputeDevices", "PortalKernels"]),
    .target(name: "ScanStore", dependencies: ["CHDF5", "HostResources"]),
    .target(name: "Cards", dependencies: [.product(name: "Yams", package: "Yams")]),
    .target(name: "ExperimentFiles", exclude: ["data"]),
    .target(
      name: "Events", dependencies: ["LeptonicPortal", "ComputeDevices", "Production", "ScanStore", "Scanning"]),
    .target(
      name: "Experiments",
      dependencies: [
        "Cards", "ComputeDevices", "ExperimentFiles", "LeptonicPortal", "PortalKernels", "Production", "Statistics",
      ]),
    .target(
      name: "Constraints", dependencies: ["Cards", "Experiments", "LeptonicPortal", "PortalKernels", "Statistics"]),
    .target(
      name: "Scanning",
      dependencies: [
        "Cards", "Constraints", "Experiments", "HostResources", "LeptonicPortal", "PortalKernels", "ComputeDevices",
        "Production", "ScanStore",
      ]),
    .target(
      name: "Limits",
      dependencies: [
        "Cards", "ComputeDevices", "Constraints", "Experiments", "Fitting", "LeptonicPortal", "ScanStore", "Scanning",
        "Statistics",
      ]),
    .target(name: "Fitting", dependencies: ["LeptonicPortal", "ComputeDevices"]),
    .target(name: "Statistics", linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "Benchmarking",
      dependencies: [
        "ComputeDevices", "HostResources", "LeptonicPortal", "PortalKernels", "ScanStore", "Scanning", "SelfTesting",
      ]),
    // Generates builtCommit, the commit that is being built.
    .plugin(name: "BuiltCommit", capability: .buildTool()),
    .executableTarget(
      name: "leptoscan",
      dependencies: [
        "Benchmarking", "Cards", "ComputeDevices", "Events", "Experiments", "HostResources", "LeptonicPortal", "Limits",
        "PortalKernels", "Production", "ScanStore", "Scanning", "SelfTesting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      plugins: ["BuiltCommit"]),
    .testTarget(name: "LeptonicPortalTests", dependencies: ["LeptonicPortal", "PortalKernels"]),
    .testTarget(
      name: "ComputeDevicesTests", dependencies: ["ComputeDevices", "LeptonicPortal", "PortalKernels", "SelfTesting"],
      resources: [.copy("ReferenceData")]),
    .testTarget(name: "HostResourcesTests", dependencies: ["HostResources"]),
    .testTarget(name: "SelfTestingTests", dependencies: ["SelfTesting", "ComputeDevices", "LeptonicPortal"]),
    .testTarget(name: "BenchmarkingTests", dependencies: ["Benchmarking", "ComputeDevices", "LeptonicPortal"]),
    .testTarget(
      name: "ProductionTests", dependencies: ["Production", "ComputeDevices", "LeptonicPortal", "PortalKernels"],
      resources: [.copy("ReferenceData")]),
    .testTarget(
      name: "ConstraintsTests",
      dependencies: [
        "Cards", "ComputeDevices", "Constraints", "Experiments", "LeptonicPortal", "PortalKernels", "Scanning",
        "Statistics",
      ]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Cards", "Experiments", "ComputeDevices", "LeptonicPortal", "PortalKernels", "Production", "Statistics",
      ],
      resources: [.copy("ReferenceData")]),
    .testTarget(
      name: "EventsTests",
      dependencies: ["Events", "Production", "Scanning", "ScanStore", "ComputeDevices", "LeptonicPortal"]),
    .testTarget(name: "ScanStoreTests", dependencies: ["ScanStore"], resources: [.copy("Readers")]),
    .testTarget(
      name: "ScanningTests",
      dependencies: [
        "Cards", "Scanning", "Production", "ScanStore", "ComputeDevices", "LeptonicPortal", "PortalKernels",
      ]),
    .testTarget(name: "CommandLineTests", dependencies: ["ScanStore"]),
    .testTarget(
      name: "LimitsTests",
      dependencies: ["Cards", "ComputeDevices", "Experiments", "LeptonicPortal", "Limits", "ScanStore", "Scanning"]),
    .testTarget(name: "FittingTests", dependencies: ["Fitting", "LeptonicPortal", "ComputeDevices"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], resources: [.copy("ReferenceData")]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
