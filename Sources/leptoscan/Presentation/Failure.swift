import ArgumentParser
import Cards
import ComputeDevices
import Events
import Experiments
import Foundation
import Limits
import Production
import ScanStore
import Scanning

/// What a failed command prints and with which exit code it ends.
struct Failure {
  /// The exit codes of sysexits.h that leptoscan uses.
  enum Code: Int32 {
    case usage = 64
    case badInput = 65
    case cannotCreate = 73
    case inputOutput = 74
    case resumable = 75
  }

  private let error: any Error

  init(_ error: any Error) { self.error = error }

  /// Prints the message to standard error and ends the process.
  func exit() -> Never {
    guard let code = Failure.code(of: error) else { Leptoscan.exit(withError: error) }
    printError("leptoscan: \(error)")
    Foundation.exit(code.rawValue)
  }

  /// The exit code of our own errors; nil for those of the argument parser, which it reports itself.
  private static func code(of error: any Error) -> Code? {
    switch error {
    case is PointListError, is CardError, is PlanError, is ProductionError, is EventRunError, is MergeError,
      is LimitError, is TableError, is ShardGiven, is CutFile, is UnknownExperiment:
      .badInput
    case is DeviceSelectionError, is OpenCLDeviceUnusable: .usage
    case is OpenCLError, is SharedExecutor.DeviceFailure: .inputOutput
    case let error as ScanStoreError: storeCode(error.kind)
    case let error as UsageError: error.code
    case is StoppedError: .resumable
    default: nil
    }
  }

  private static func storeCode(_ kind: ScanStoreError.Kind) -> Code {
    switch kind {
    case .noSuchFile, .notHDF5, .truncated, .noSuchVariable, .outOfRange, .wrongType, .differentScan, .damaged,
      .unfinished:
      .badInput
    case .noSuchDirectory, .noPermission, .alreadyExists, .unfinishedExists, .isDirectory, .invalidSchema,
      .unusableName, .isInput:
      .cannotCreate
    case .locked, .noSpace, .library, .system: .inputOutput
    }
  }
}

/// Options that fit together badly, or a file that a command cannot take.
struct UsageError: Error, CustomStringConvertible {
  let code: Failure.Code
  let description: String

  init(_ description: String, code: Failure.Code = .usage) {
    self.description = description
    self.code = code
  }
}
