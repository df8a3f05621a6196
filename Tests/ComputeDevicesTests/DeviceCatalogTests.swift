import ComputeDevices
import Foundation
import Testing

struct DeviceCatalogTests {
  private let catalog: DeviceCatalog = {
    _ = openCLDescriptions  // sets the cache directories of this process
    return DeviceCatalog(cache: testCache)
  }()

  @Test func nativeIsAlwaysThere() throws {
    #expect(try catalog.devices(for: "native").map(\.identity.selector) == ["native"])
    #expect(catalog.selectors.starts(with: ["auto", "native"]))
  }

  @Test func autoPrefersGPUThenNative() throws {
    let gpus = catalog.usableOpenCL.filter { $0.kind == .gpu }.map(\.selector)
    let chosen = try #require(catalog.devices(for: "auto").first).identity.selector
    #expect(gpus.isEmpty ? chosen == "native" : gpus.contains(chosen))
    #expect((catalog.reserve(for: "auto") == nil) == gpus.isEmpty)
    for selector in ["native", "all", "opencl:0"] { #expect(catalog.reserve(for: selector) == nil) }
  }

  @Test func allHasEveryUsableDevice() throws {
    let selectors = try catalog.devices(for: "all").map(\.identity.selector)
    #expect(selectors == ["native"] + catalog.usableOpenCL.map(\.selector))
  }

  @Test func openCLDevicesAreFoundBySelector() throws {
    for device in catalog.usableOpenCL {
      let found = try #require(catalog.devices(for: device.selector).first as? OpenCLDevice)
      #expect(found.description.name == device.name)
      #expect(device.memory > 0 && device.computeUnits > 0 && !device.version.isEmpty)
    }
  }

  @Test(arguments: [("natve", "native"), ("nativ", "native"), ("aut", "auto"), ("al", "all")])
  func unknownSelectorSuggests(word: String, meant: String) {
    let error = #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: word) }
    #expect(error?.description.hasSuffix("did you mean '\(meant)'?") == true)
    #expect(error?.description.contains("auto, native") == true)
  }

  @Test func listsTakeDevicesInOneOrder() throws {
    let all = ["native"] + catalog.usableOpenCL.map(\.selector)
    for list in [all.joined(separator: ","), all.reversed().joined(separator: ", ").uppercased()] {
      #expect(try catalog.devices(for: list).map(\.identity.selector) == all)
    }
  }

  @Test(arguments: [
    ("native,native", DeviceSelectionError.Problem.namedTwice, "native"), ("native,auto", .standsAlone, "auto"),
    ("all,native", .standsAlone, "all"), ("native,", .unknown, ""), ("native,cuda", .unknown, "cuda"),
    ("", .unknown, ""),
  ])
  func badListsAreRefused(list: String, problem: DeviceSelectionError.Problem, name: String) {
    let error = #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: list) }
    #expect(error?.problem == problem && error?.selector == name)
  }

  @Test func unknownNumberIsRefused() {
    #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: "opencl:99") }
    #expect(throws: DeviceSelectionError.self) { try catalog.devices(for: "cuda") }
  }
}

struct OpenCLDiagnosisTests {
  private func temporaryDirectory(file: String, content: String) throws -> String {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("diagnosis-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: url.appendingPathComponent(file))
    return url.path
  }

  private var hasNVIDIA: Bool { DeviceCatalog().openCL.contains { $0.vendor.contains("NVIDIA") } }

  @Test func findsDriverThatNobodyAnnounces() throws {
    guard !hasNVIDIA else { return }
    let libraries = try temporaryDirectory(file: "libnvidia-opencl.so.1", content: "")
    let vendors = try temporaryDirectory(file: "pocl.icd", content: "libpocl.so.2\n")
    defer { for path in [libraries, vendors] { try? FileManager.default.removeItem(atPath: path) } }
    let diagnosis = OpenCLDiagnosis(catalog: DeviceCatalog(), vendors: vendors, libraryDirectories: [libraries])
    #expect(diagnosis.findings.contains(.driverNotAnnounced(library: libraries + "/libnvidia-opencl.so.1")))
    #expect(diagnosis.description.contains("set OCL_ICD_VENDORS=\(libraries)/libnvidia-opencl.so.1"))
  }

  @Test func announcedDriverIsNotReported() throws {
    let libraries = try temporaryDirectory(file: "libnvidia-opencl.so.1", content: "")
    let vendors = try temporaryDirectory(file: "nvidia.icd", content: "libnvidia-opencl.so.1\n")
    defer { for path in [libraries, vendors] { try? FileManager.default.removeItem(atPath: path) } }
    let diagnosis = OpenCLDiagnosis(catalog: DeviceCatalog(), vendors: vendors, libraryDirectories: [libraries])
    #expect(!diagnosis.findings.contains { if case .driverNotAnnounced = $0 { true } else { false } })
  }

  @Test func missingDriverFilesAreReported() {
    let diagnosis = OpenCLDiagnosis(catalog: DeviceCatalog(), vendors: "/nowhere", libraryDirectories: [])
    #expect(diagnosis.findings.contains(.noDriverFile(directory: "/nowhere")))
    #expect(diagnosis.isUsable == !DeviceCatalog().usableOpenCL.isEmpty)
  }
}
