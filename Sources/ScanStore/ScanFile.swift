import CHDF5
import Foundation

/// A file as it is read: its metadata, taken once when it is opened, and its numbers and texts on demand.
///
/// Any HDF5 file will do, complete or `.part`; what a netCDF-4 reader would show of the root group is shown. Nothing
/// stays open between calls.
public struct ScanFile: Sendable {
  public typealias Dimension = FileSchema.Dimension

  /// What the elements of a variable are.
  public enum Content: Sendable, Hashable {
    case numbers(StoredType)
    case text
    /// A type that this library does not read.
    case other
  }

  public struct Variable: Sendable, Hashable {
    public let name: String
    public let content: Content
    /// Names of the dimensions; `phony_dim_K` along an axis without dimension scale.
    public let dimensions: [String]
    public let shape: [Int]
    public let attributes: Attributes
    /// The names of attributes of types that this library does not read.
    public let unreadAttributes: [String]
    /// Where the numbers lie; nil for texts, compressed and other variables that are not contiguous.
    public let extent: Extent?

    public var elementCount: Int { shape.reduce(1, *) }
  }

  public let path: String
  public let dimensions: [Dimension]
  public let variables: [Variable]
  public let attributes: Attributes
  /// Whether everything but the numbers was found to be what was written; false where the file does not say, as those
  /// of other programs.
  public internal(set) var hasCheckedMetadata = false
  /// Where the checksums of the variables lie; empty for a file without them.
  let checksumExtents: [String: Extent]

  /// Opens a file and reads its metadata, after a look at their checksum.
  /// - Throws: ``ScanStoreError``: `noSuchFile`, `noPermission`, `notHDF5`, `truncated`, `damaged`, `locked`, ...
  public static func open(_ path: String) throws -> ScanFile {
    // The operating system tells plainly what libhdf5 would bury in its error stack.
    let isChecked = try MetadataTrailer.check(FileDescriptor(path, flags: O_RDONLY, action: "open"))
    if !isChecked { try FileProbe.check(path, reading: []) }
    var content = try HDF5Session.run("open", path) { session in
      let file = try session.openFile()
      return try session.readMetadata(of: file.id)
    }
    content.hasCheckedMetadata = isChecked
    return content
  }

  var layout: FileLayout {
    let extents = variables.compactMap { variable in variable.extent.map { (variable.name, $0) } }
    return FileLayout(extents: Dictionary(uniqueKeysWithValues: extents), checksums: checksumExtents)
  }

  /// The variable of that name.
  public func variable(_ name: String) throws -> Variable {
    if let variable = variables.first(where: { $0.name == name }) { return variable }
    throw ScanStoreError(
      .noSuchVariable, path: path, call: "ScanFile.variable", problem: "cannot read \(name)",
      reason: "\(path) has no such variable", suggestion: "it has: \(variables.map(\.name).joined(separator: ", "))")
  }

  /// The numbers of a variable or of a box of it, row-major, converted to `Double`.
  public func readDoubles(_ name: String, in box: Hyperslab? = nil) throws -> [Double] {
    let variable = try numbers(name)
    let box = box ?? Hyperslab(all: variable.shape)
    guard box.fits(variable.shape) else { throw outOfRange(variable, "\(box.start) + \(box.count)") }
    return try read(variable, boxes: [box], as: Double.self)
  }

  /// The numbers of a range of elements in row-major order, converted to `Double`.
  public func readDoubles(_ name: String, elements: Range<Int>) throws -> [Double] {
    try read(elements: elements, of: numbers(name), as: Double.self)
  }

  /// The numbers of a range of elements, as they are stored; all of them by default.
  public func readValues<Element: StoredElement>(
    _ name: String, as element: Element.Type = Element.self, elements: Range<Int>? = nil
  ) throws -> [Element] {
    let variable = try numbers(name)
    guard variable.content == .numbers(Element.storedType) else {
      throw wrongType(variable, "\(Element.storedType.rawValue)s")
    }
    return try read(elements: elements ?? 0..<variable.elementCount, of: variable, as: Element.self)
  }

  /// The text of a scalar text variable.
  public func readText(_ name: String) throws -> String {
    let variable = try variable(name)
    guard variable.content == .text, variable.shape.isEmpty else { throw wrongType(variable, "one text") }
    return try readTexts(name).first ?? ""
  }

  /// The texts of a variable without dimensions or with one, in order.
  public func readTexts(_ name: String) throws -> [String] {
    let variable = try variable(name)
    guard variable.content == .text, variable.shape.count <= 1 else { throw wrongType(variable, "texts") }
    try probe([name])
    return try HDF5Session.run("read \(name) of", path) { session in
      let file = try session.openFile()
      return try session.readTexts(of: name, count: variable.elementCount, in: file.id)
    }
  }

  func numbers(_ name: String) throws -> Variable {
    let variable = try variable(name)
    guard case .numbers = variable.content else { throw wrongType(variable, "numbers") }
    try probe([name])
    return variable
  }

  /// Lets variables be read by another process first, where nothing says that the file is whole (``FileProbe``). Reading does so
  /// by itself; asking for several at once saves time.
  public func probe(_ names: [String]) throws {
    if !hasCheckedMetadata { try FileProbe.check(path, reading: names) }
  }

  private func read<Element: StoredElement>(
    elements: Range<Int>, of variable: Variable, as element: Element.Type
  ) throws -> [Element] {
    guard elements.lowerBound >= 0, elements.upperBound <= variable.elementCount else {
      throw outOfRange(variable, "\(elements)")
    }
    return try read(variable, boxes: Hyperslab.boxes(covering: elements, of: variable.shape), as: element)
  }

  private func read<Element: StoredElement>(
    _ variable: Variable, boxes: [Hyperslab], as element: Element.Type
  ) throws -> [Element] {
    try HDF5Session.run("read \(variable.name) of", path) { session in
      let file = try session.openFile()
      return try session.readNumbers(of: variable.name, in: file.id, boxes: boxes, as: element)
    }
  }

  private func outOfRange(_ variable: Variable, _ wanted: String) -> ScanStoreError {
    ScanStoreError(
      .outOfRange, path: path, call: "H5Dread", problem: "cannot read \(wanted) of \(variable.name)",
      reason: "its shape is \(variable.shape)", suggestion: "ask for elements within it")
  }

  func wrongType(_ variable: Variable, _ wanted: String) -> ScanStoreError {
    ScanStoreError(
      .wrongType, path: path, call: "H5Dread", problem: "cannot read \(variable.name) as \(wanted)",
      reason: "it holds \(variable.content) of shape \(variable.shape)", suggestion: "read it as what it is")
  }
}
