import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// What an OpenCL compiler says of a line is found there: `#line` names the file and the line of everything that follows.
struct SourceLineTests {
  private let files = Dictionary(
    uniqueKeysWithValues: (0..<portal_source_count()).map {
      (String(cString: portal_source_name($0)), SourceLineTests.lines(String(cString: portal_source_text($0))))
    })

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(arguments: ["product", "anomalous_moments", "relic_fermions"])
  func linesAreThoseOfTheFiles(kernel: String) throws {
    let kernel = try #require(Kernel.all.first { $0.name == kernel })
    let text = KernelSource(kernel: kernel, lanes: 4).text
    var place: (file: [Substring], line: Int)?
    var compared = 0
    for line in SourceLineTests.lines(text) {
      if let match = line.wholeMatch(of: /#line ([0-9]+) "(.+)"/) {
        place = (try #require(files[String(match.2)]), try #require(Int(match.1)) - 1)
      } else if let (file, number) = place {
        // After the last line of a file comes the next file, or nothing.
        if number < file.count {
          #expect(line == file[number])
          compared += 1
        } else {
          #expect(line.isEmpty)
        }
        place?.line += 1
      }
    }
    #expect(compared > 100)
  }
}
