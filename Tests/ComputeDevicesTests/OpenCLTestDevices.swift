import ComputeDevices
import Foundation
import Testing

/// The OpenCL devices of this machine that have double precision, each with several lanes per work item. Compiled
/// kernels, the driver's and ours, go to a directory of this test process.
let openCLTestDevices: [OpenCLDevice] = openCLDescriptions.flatMap { description in
  [1, 4, 16].compactMap { try? OpenCLDevice(description, lanes: $0, cache: testCache) }
}

let openCLDescriptions: [OpenCLDeviceDescription] = {
  let directory = testDirectory.path
  setenv("LEPTOSCAN_CACHE_DIR", directory, 1)
  setenv("POCL_CACHE_DIR", directory + "/pocl", 1)
  let found = OpenCLDiscovery()
  for failure in found.failures { print("OpenCL tests are skipped: \(failure)") }
  return found.devices.filter { $0.hasFP64 && $0.isAvailable }
}()

let testCache = ProgramCache(directory: testDirectory)

/// Removed when the process ends.
private let testDirectory: URL = {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("leptoscan-opencl-\(UUID().uuidString)")
  try? FileManager.default.createDirectory(at: url.appendingPathComponent("pocl"), withIntermediateDirectories: true)
  atexit { try? FileManager.default.removeItem(at: testDirectory) }
  return url
}()
