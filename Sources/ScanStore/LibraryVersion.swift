import CHDF5

extension ScanFile {
  /// The version of libhdf5 in use, for instance `1.10.8`.
  public static var libraryVersion: String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    // It only reads constants, so it needs no lock.
    return H5get_libversion(&major, &minor, &release) < 0 ? "unknown" : "\(major).\(minor).\(release)"
  }
}
