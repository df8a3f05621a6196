import ComputeDevices

/// The line that says why a computation goes on without OpenCL, or without one of its devices.
enum OpenCLAbsence {
  /// nil where nothing is missed: `selector` asks for no OpenCL, or `auto` found a GPU.
  static func line(selector: String, devices: [any Device], catalog: DeviceCatalog) -> String? {
    let isAll = selector == "all"
    let usesOpenCL = devices.contains { $0 is OpenCLDevice }
    guard isAll || (selector == "auto" && !usesOpenCL) else { return nil }
    let problems = OpenCLDiagnosis(catalog: catalog).problems
    guard !problems.isEmpty else { return nil }
    let reasons = problems.map(\.description).joined(separator: "; ")
    return usesOpenCL ? "not every OpenCL device is used: \(reasons)" : "computing on all cores: \(reasons)"
  }
}
