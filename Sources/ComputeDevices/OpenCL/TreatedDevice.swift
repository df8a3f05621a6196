extension OpenCLDeviceDescription {
  /// The same device, used as if it were of another kind, with or without memory of its own, and of another size: so a
  /// machine that has OpenCL for its processors only tests the ways of a GPU, too.
  package func treated(as kind: Kind, sharesHostMemory: Bool, memory: Int) -> OpenCLDeviceDescription {
    OpenCLDeviceDescription(
      index: index, name: name, vendor: vendor, platform: platform, version: version, driver: driver, kind: kind,
      computeUnits: computeUnits, memory: memory, largestAllocation: min(largestAllocation, memory), hasFP64: hasFP64,
      sharesHostMemory: sharesHostMemory, isAvailable: isAvailable, id: id)
  }
}
