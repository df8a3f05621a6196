import LeptonicPortal
import PortalKernels

/// The kernel sources embedded in this executable, put together for an OpenCL compiler.
package struct KernelSource {
  /// How messages name it.
  let name: String
  package let text: String
  let options: String

  /// The name of every kernel's function.
  static let entryPoint = "evaluate"

  /// The entry point of a kernel.
  package init(kernel: Kernel, lanes: Int) {
    name = kernel.name
    text = Self.expanded("entry.cl")
    options =
      "\(Self.commonOptions) -DKERNEL=kernel_\(kernel.name) -DINPUTS=\(kernel.inputCount) "
      + "-DOUTPUTS=\(kernel.outputCount) -DLANES=\(lanes)"
  }

  private init(_ name: String, options: String = "") {
    self.name = name
    text = Self.expanded("\(name).cl")
    self.options = Self.commonOptions + options
  }

  /// The conversions of streams to stored results.
  static var store: KernelSource { KernelSource("store") }

  /// What measures the limits of a device.
  static func ceilings(lanes: Int) -> KernelSource {
    KernelSource("ceilings", options: " -DLANES=\(lanes)")
  }

  /// No option that lets a compiler change a bit. (-cl-fp32-correctly-rounded-divide-sqrt concerns float only, of
  /// which there is no arithmetic; double division and square root are correctly rounded in any case.)
  private static let commonOptions = "-cl-std=CL1.2"

  /// Every embedded file by name.
  static let files: [String: String] = {
    let pairs = (0..<portal_source_count()).map {
      (String(cString: portal_source_name($0)), String(cString: portal_source_text($0)))
    }
    return Dictionary(pairs) { first, _ in first }
  }()

  /// A file with its `#include "..."` lines replaced by those files, each once. `#line` lets build logs name the files.
  private static func expanded(_ name: String) -> String {
    var included: Set<String> = []
    return expanded(name, &included)
  }

  private static func expanded(_ name: String, _ included: inout Set<String>) -> String {
    // A file that was not embedded is left to the compiler, whose message names it.
    guard let text = files[name] else { return "#include \"\(name)\"\n" }
    guard included.insert(name).inserted else { return "" }
    var output = "#line 1 \"\(name)\"\n"
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let file = includedFile(line) {
        output += expanded(file, &included) + "#line \(number + 2) \"\(name)\"\n"
      } else {
        output += line + "\n"
      }
    }
    return output
  }

  private static func includedFile(_ line: Substring) -> String? {
    guard line.hasPrefix("#include \"") else { return nil }
    return line.dropFirst("#include \"".count).prefix { $0 != "\"" }.split(separator: "/").last.map(String.init)
  }
}
