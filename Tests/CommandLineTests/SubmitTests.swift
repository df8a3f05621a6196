import Foundation
import Testing

@Suite struct SubmitTests {
  let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes: { m_phi: { from: 110 MeV, to: 10 GeV, points: 7 }, h_mue: 1e-3, m_psi: 0.1, g: { values: [0.1, 1] } }

      """, to: "card.yaml")
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try leptoscan.contents(of: name), as: UTF8.self)
  }

  /// The job script as Slurm would run it, with programs of our own for `scontrol`.
  @Test func slurmScriptsComputeTheScan() throws {
    defer { leptoscan.cleanUp() }
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "whole.h5"])
    let outcome = try leptoscan.run(["submit", "card.yaml", "--slurm", "-n", "3", "-o", "out.h5", "--time", "00:30:00"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("sbatch --dependency=afterok:$scan --kill-on-invalid-dep=yes "))
    #expect(outcome.errors.isEmpty)
    let script = try text("out-scan.slurm")
    for line in ["--time=00:30:00", "--signal=B:USR1@60", "--requeue"] {
      for job in [script, try text("out-merge.slurm")] { #expect(job.contains("#SBATCH \(line)\n")) }
    }
    #expect(script.contains("#SBATCH --array=1-3\n"))
    for task in 1...3 {
      #expect(try leptoscan.shell("SLURM_ARRAY_TASK_ID=\(task) bash out-scan.slurm").exitCode == 0)
    }
    #expect(try leptoscan.shell("bash out-merge.slurm").exitCode == 0)
    #expect(try leptoscan.contents(of: "out.h5") == leptoscan.contents(of: "whole.h5"))
  }

  /// With room beyond the plan; with keep the plan does not know.
  @Test func jobsAskForMemory() throws {
    defer { leptoscan.cleanUp() }
    let points = """
      leptoscan: 1
      axes: { m_phi: { from: 110 MeV, to: 10 GeV }, h_mue: 1e-3, m_psi: 0.1, g: 1 }
      points: { method: sobol, count: 1000, keep: KEEP }

      """
    try leptoscan.write(points.replacingOccurrences(of: "KEEP", with: "all"), to: "all.yaml")
    try leptoscan.write(points.replacingOccurrences(of: "KEEP", with: "{ relic_status: 0 }"), to: "some.yaml")
    for (card, isKnown) in [("card.yaml", true), ("all.yaml", true), ("some.yaml", false)] {
      for system in ["--slurm", "--htcondor"] {
        let outcome = try leptoscan.run(["submit", card, system, "-n", "2", "-o", "out.h5", "--force"])
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      for (name, key) in [("slurm", "#SBATCH --mem="), ("sub", "request_memory = ")] {
        for job in ["scan", "merge"] {
          let lines = try text("out-\(job).\(name)").split(separator: "\n").filter { $0.hasPrefix(key) }
          #expect(lines.count == (isKnown ? 1 : 0), "\(card) \(name)")
          for line in lines {
            let amount = line.dropFirst(key.count).split(separator: "M").first.flatMap { Int($0) }
            #expect((320...4096).contains(amount ?? 0), "\(line)")
          }
        }
      }
    }
  }

  /// Stands in for Slurm's: says a state, and notes what is requeued.
  private func scontrol(state: String) -> String {
    """
    #!/bin/bash
    if [ "$1" = show ]; then echo "JobId=42 JobState=\(state) Reason=None"; else echo "$@" > requeued; fi

    """
  }

  /// SIGTERM is handed on as it is; scancel and whatever else ends a job is final, a preemption and the time limit are not.
  @Test(arguments: [
    ("TERM", "CANCELLED", false), ("TERM", "RUNNING", false), ("TERM", "PREEMPTED", true), ("USR1", "CANCELLED", false),
    ("USR1", "TIMEOUT", true), ("USR1", "RUNNING", true),
  ])
  func slurmScriptsRequeueForTimeAndPreemptionOnly(signal: String, state: String, isRequeued: Bool) throws {
    defer { leptoscan.cleanUp() }
    _ = try leptoscan.run(["submit", "card.yaml", "--slurm", "-n", "2", "-o", "out.h5"])
    let standIn = """
      #!/bin/bash
      trap 'echo \(signal) > got; exit 75' \(signal)
      echo ready > ready
      for i in {1..3000}; do sleep 0.01; done

      """
    try leptoscan.write(standIn, to: "stand-in")
    try leptoscan.write(scontrol(state: state), to: "scontrol")
    for name in ["scan", "merge"] {
      let script = try text("out-\(name).slurm")
      let program = try #require(
        script.split(separator: "\n").first { $0.contains(" \(name) ") }?.split(separator: " ").first)
      try leptoscan.write(script.replacingOccurrences(of: program, with: "./stand-in"), to: "job.sh")
      let outcome = try leptoscan.shell(
        """
        rm -f ready got requeued
        chmod +x stand-in scontrol
        PATH=$PWD:$PATH SLURM_JOB_ID=42 SLURM_ARRAY_JOB_ID=42 SLURM_ARRAY_TASK_ID=2 bash job.sh &
        while [ ! -e ready ]; do sleep 0.01; done
        kill -\(signal) $!
        wait $!
        """)
      #expect(outcome.exitCode == 75)
      #expect(try text("got") == "\(signal)\n")
      #expect(leptoscan.exists("requeued") == isRequeued, "\(name)")
    }
  }

  /// The scripts hand SIGUSR1 on, and put the job back into the queue when the command says 75; also where the signal comes
  /// between the start of the command and the line that knows its process.
  @Test(arguments: [("scan", "42_2"), ("merge", "42")], [false, true])
  func slurmScriptsRequeueWhatStopped(command: (name: String, job: String), isEarly: Bool) throws {
    defer { leptoscan.cleanUp() }
    _ = try leptoscan.run(["submit", "card.yaml", "--slurm", "-n", "2", "-o", "out.h5"])
    let standIn = """
      #!/bin/bash
      trap 'exit 75' USR1
      echo ready > ready
      for i in {1..3000}; do sleep 0.01; done

      """
    try leptoscan.write(standIn, to: "stand-in")
    try leptoscan.write(scontrol(state: "RUNNING"), to: "scontrol")
    let script = try text("out-\(command.name).slurm")
    let program = try #require(
      script.split(separator: "\n").first { $0.contains(" \(command.name) ") }?.split(separator: " ").first)
    var job = script.replacingOccurrences(of: program, with: "./stand-in")
    if isEarly {
      job = job.replacingOccurrences(
        of: "\ncommand=$!\n", with: "\nwhile [ -z \"$told\" ]; do sleep 0.01; done\ncommand=$!\n")
      #expect(job.contains("while"))
    }
    try leptoscan.write(job, to: "job.sh")
    let outcome = try leptoscan.shell(
      """
      chmod +x stand-in scontrol
      PATH=$PWD:$PATH SLURM_JOB_ID=42 SLURM_ARRAY_JOB_ID=42 SLURM_ARRAY_TASK_ID=2 bash job.sh &
      while [ ! -e ready ]; do sleep 0.01; done
      kill -USR1 $!
      wait $!
      """)
    #expect(outcome.exitCode == 75)
    #expect(try text("requeued") == "requeue \(command.job)\n")
  }

  @Test func condorFiles() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(["submit", "card.yaml", "--htcondor", "-n", "2", "-o", "out.h5"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.hasPrefix("condor_submit_dag "))
    let scan = try text("out-scan.sub")
    #expect(scan.contains("--preserve-status --signal=USR1 3540 "))
    #expect(scan.contains("--shard $(shard)/2 --threads 4 --resume") && scan.hasSuffix("queue shard in (1 2)\n"))
    // 138: ended by SIGUSR1 before it listened.
    let merge = try text("out-merge.sub")
    for job in [scan, merge] { #expect(job.contains("on_exit_remove = ExitCode =!= 75 && ExitCode =!= 138\n")) }
    #expect(merge.contains("--preserve-status --signal=USR1 3540 ") && merge.contains("out-shard-2.h5'\""))
    #expect(try text("out.dag").hasSuffix("PARENT scan CHILD merge\n"))
  }

  @Test func namesThatShellsAndBatchSystemsWouldChange() throws {
    defer { leptoscan.cleanUp() }
    let name = "a b%A 'c\"/out %a.h5"
    try FileManager.default.createDirectory(
      at: leptoscan.folder.appendingPathComponent("a b%A 'c\""), withIntermediateDirectories: false)
    let slurm = try leptoscan.run(["submit", "card.yaml", "--slurm", "-n", "2", "-o", name])
    #expect(slurm.exitCode == 0, "\(slurm.errors)")
    let logs = try text("a b%A 'c\"/out %a-scan.slurm").split(separator: "\n").filter { $0.contains("--output=") }
    #expect(logs.map { $0.hasSuffix("/a b%%A 'c\\\"/out %%a-shard-%a.log\"") } == [true], "\(logs)")
    try leptoscan.write("cd 'a b%A '\\''c\"'; SLURM_ARRAY_TASK_ID=2 bash 'out %a-scan.slurm'\n", to: "job.sh")
    #expect(try leptoscan.shell("bash job.sh").exitCode == 0)
    #expect(leptoscan.exists("a b%A 'c\"/out %a-shard-2.h5"))
    let condor = try leptoscan.run(["submit", "card.yaml", "--htcondor", "-n", "2", "-o", name])
    #expect(condor.exitCode == 73 && condor.errors.contains("htcondor cannot use names with ' '"), "\(condor.errors)")
    #expect(try leptoscan.run(["submit", "card.yaml", "--slurm", "-n", "2", "-o", "a\\b.h5"]).exitCode == 73)
    #expect(try leptoscan.run(["submit", "card.yaml", "--htcondor", "-n", "2", "-o", "$(x).h5"]).exitCode == 73)
    try leptoscan.write(text("card.yaml"), to: "$(a b).yaml")
    #expect(try leptoscan.run(["submit", "$(a b).yaml", "--htcondor", "-n", "2", "-o", "out.h5"]).exitCode == 0)
    #expect(try text("out-scan.sub").contains("/$(DOLLAR)(a b).yaml' -o '"))
  }

  @Test func manyTasksAreNoted() throws {
    defer { leptoscan.cleanUp() }
    for (shards, isNoted) in [("1000", false), ("1001", true)] {
      let outcome = try leptoscan.run(["submit", "card.yaml", "--slurm", "-n", shards, "-o", "\(shards).h5"])
      #expect(outcome.exitCode == 0 && outcome.errors.contains("MaxArraySize") == isNoted, "\(outcome.errors)")
    }
  }

  @Test(arguments: [
    ["--slurm", "-n", "1"], ["--slurm", "-n", "0"], ["-n", "3"], ["--slurm", "--htcondor", "-n", "3"],
    ["--slurm", "-n", "3", "--time", "1h"], ["--slurm", "-n", "3", "--time", "00:01:00"],
    ["--slurm", "-n", "3", "--cores", "0"],
  ])
  func badOptions(options: [String]) throws {
    defer { leptoscan.cleanUp() }
    #expect(try leptoscan.run(["submit", "card.yaml", "-o", "out.h5"] + options).exitCode == 64)
  }

  @Test func badCardsAndExistingFilesAreRefused() throws {
    defer { leptoscan.cleanUp() }
    let command = ["submit", "card.yaml", "--slurm", "-n", "2", "-o", "out.h5"]
    #expect(try leptoscan.run(command).exitCode == 0)
    #expect(try leptoscan.run(command).exitCode == 73)
    #expect(try leptoscan.run(command + ["--force"]).exitCode == 0)
    try leptoscan.write("nonsense", to: "card.yaml")
    #expect(try leptoscan.run(command + ["--force"]).exitCode == 65)
  }
}
