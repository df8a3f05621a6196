import ComputeDevices
import Foundation
import Testing

/// The OpenCL devices of this machine that have double precision, with several lanes per work item; and, with one, as a GPU
/// of so little memory that most programs take several pieces. Drivers keep their kernels where the environment says, which
/// `./test` does; a process of threads cannot change it.
let openCLTestDevices: [OpenCLDevice] = openCLDescriptions.flatMap { description in
  let gpu = description.treated(as: .gpu, sharesHostMemory: false, memory: 1 << 20)
  return [(description, 4), (description, 16), (gpu, 1)].compactMap { description, lanes in
    try? OpenCLDevice(description, lanes: lanes, cache: testCache)
  }
}

let openCLDescriptions: [OpenCLDeviceDescription] = {
  let found = OpenCLDiscovery()
  for failure in found.failures { print("OpenCL tests are skipped: \(failure)") }
  return found.devices.filter { $0.hasFP64 && $0.isAvailable }
}()

let testCache = ProgramCache(directory: testDirectory)

/// Of this test process; removed when it ends.
private let testDirectory: URL = {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("leptoscan-opencl-\(UUID().uuidString)")
  try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  atexit { try? FileManager.default.removeItem(at: testDirectory) }
  return url
}()
