/// What a driver made of a kernel: explains its speed.
public struct KernelCompilation: Sendable, Hashable, Codable {
  /// Work items per group.
  public var workGroupSize: Int
  /// Memory that each work item has for itself; more than 0 on a GPU means registers were not enough. nil where the
  /// driver does not say.
  public var privateBytes: Int?
  /// nil where the program came from leptoscan's cache.
  public var buildSeconds: Double?

  enum CodingKeys: String, CodingKey {
    case workGroupSize = "work_group_size"
    case privateBytes = "private_memory_bytes"
    case buildSeconds = "build_s"
  }
}
