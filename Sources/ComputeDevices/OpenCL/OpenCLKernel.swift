import COpenCL

/// A kernel with its arguments. Used by one thread at a time.
final class OpenCLKernel {
  let handle: cl_kernel
  /// How messages name it.
  let label: String
  /// Work items per group.
  let workGroupSize: Int
  let program: OpenCLProgram
  private var context: OpenCLContext { program.context }

  /// Enough for a GPU to hide latencies. CPUs loop over the items of a group and may keep the private arrays of all of
  /// them on one stack.
  private static func preferredWorkGroupSize(_ device: OpenCLDeviceDescription) -> Int { device.kind == .cpu ? 8 : 128 }

  init(program: OpenCLProgram, name: String) throws {
    self.program = program
    label = name == KernelSource.entryPoint ? program.name : name
    let context = program.context
    let handle = try context.created("clCreateKernel", of: program.name) {
      context.library.calls.clCreateKernel(program.handle, name, $0)
    }
    self.handle = handle
    var most = 0
    let code = context.library.calls.clGetKernelWorkGroupInfo(
      handle, context.device.id, cl_kernel_work_group_info(CL_KERNEL_WORK_GROUP_SIZE), MemoryLayout<Int>.size, &most,
      nil)
    workGroupSize = code == CL_SUCCESS ? max(1, min(most, Self.preferredWorkGroupSize(context.device))) : 1
  }

  deinit { _ = context.library.calls.clReleaseKernel(handle) }

  /// Memory of one work item; nil where the driver does not say.
  var privateBytes: Int? {
    var bytes: UInt64 = 0
    let code = context.library.calls.clGetKernelWorkGroupInfo(
      handle, context.device.id, cl_kernel_work_group_info(CL_KERNEL_PRIVATE_MEM_SIZE), 8, &bytes, nil)
    return code == CL_SUCCESS ? Int(clamping: bytes) : nil
  }

  enum Argument {
    case word(UInt64)
    case buffer(OpenCLBuffer)
  }

  /// Sets all arguments, for the next time it is enqueued.
  func set(_ arguments: Argument...) throws {
    for (index, argument) in arguments.enumerated() {
      let code =
        switch argument {
        case .word(let value): set(index, value)
        case .buffer(let buffer): set(index, buffer.handle)
        }
      try check(code, "clSetKernelArg(\(index))", of: label, on: context.device.name)
    }
  }

  private func set<Value: BitwiseCopyable>(_ index: Int, _ value: Value) -> cl_int {
    withUnsafeBytes(of: value) {
      context.library.calls.clSetKernelArg(handle, cl_uint(index), $0.count, $0.baseAddress)
    }
  }
}
