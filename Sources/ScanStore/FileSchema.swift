/// Everything about a file except its bulk data: dimensions, variables, attributes, and the values known beforehand.
///
/// The file follows netCDF-4. A variable with the name of its only dimension is that dimension's coordinate variable.
/// `Conventions` = `CF-1.11` is added where the schema does not give it, and floating-point variables other than
/// coordinate variables get `_FillValue` = NaN.
public struct FileSchema: Sendable, Hashable {
  /// An axis that variables share.
  public struct Dimension: Sendable, Hashable {
    public var name: String
    public var size: Int

    public init(_ name: String, size: Int) {
      self.name = name
      self.size = size
    }
  }

  /// What a variable holds when the file is made.
  public enum Content: Sendable, Hashable {
    /// Space for numbers, to be written by ``ScanFileWriter/write(variable:elementOffset:bytes:)``.
    case reserved(StoredType)
    /// Numbers that lie in other files, which have to stay where they are; the whole variable must be covered. HDF5 calls
    /// this a virtual dataset.
    case linked(StoredType, [Link])
    /// Numbers, written at once.
    case values(StoredArray)
    /// One UTF-8 text; the variable has no dimensions.
    case text(String)
    /// UTF-8 texts along one dimension: its labels, if the variable has its name.
    case texts([String])
  }

  /// A stretch of a variable that lies in another file.
  public struct Link: Sendable, Hashable {
    /// Of the variable here, in row-major order.
    public var elements: Range<Int>
    /// Absolute, or relative to the folder of the file that links.
    public var path: String
    /// A variable of one dimension there, all of which is taken.
    public var variable: String

    public init(_ elements: Range<Int>, path: String, variable: String) {
      self.elements = elements
      self.path = path
      self.variable = variable
    }
  }

  /// One column: numbers on the product of its dimensions (row-major, the last varies fastest), or a text.
  public struct Variable: Sendable, Hashable {
    public var name: String
    public var dimensions: [String]
    public var content: Content
    public var attributes: Attributes

    public init(_ name: String, dimensions: [String] = [], content: Content, attributes: Attributes = [:]) {
      self.name = name
      self.dimensions = dimensions
      self.content = content
      self.attributes = attributes
    }
  }

  public var dimensions: [Dimension]
  public var variables: [Variable]
  public var attributes: Attributes
  /// Whether the file has room for ``BlockChecksums``, which ``JournaledWriter`` fills in.
  public var hasChecksums: Bool
  /// The level of gzip for large variables of numbers, which are then written through libhdf5; nil gives every variable
  /// a fixed place instead.
  var deflateLevel: Int?

  public init(
    dimensions: [Dimension] = [], variables: [Variable] = [], attributes: Attributes = [:], hasChecksums: Bool = false
  ) {
    self.dimensions = dimensions
    self.variables = variables
    self.attributes = attributes
    self.hasChecksums = hasChecksums
  }
}

extension FileSchema.Content {
  /// The type of the numbers; nil for a text.
  public var storedType: StoredType? {
    switch self {
    case .reserved(let type), .linked(let type, _): type
    case .values(let array): array.type
    case .text, .texts: nil
    }
  }

  /// The text or texts; nil for numbers.
  var texts: [String]? {
    switch self {
    case .reserved, .linked, .values: nil
    case .text(let text): [text]
    case .texts(let texts): texts
    }
  }
}

extension FileSchema.Variable {
  /// Whether the variable gives the values of the dimension that it is named after.
  var isCoordinate: Bool { dimensions == [name] }
}

/// Where a variable's numbers lie in the file: contiguous, row-major, in the byte order of the machine that wrote it.
public struct Extent: Sendable, Hashable {
  /// Of the first byte, from the start of the file.
  public let byteOffset: Int
  public let elementCount: Int
  public let type: StoredType

  public var byteCount: Int { elementCount * type.size }
}
