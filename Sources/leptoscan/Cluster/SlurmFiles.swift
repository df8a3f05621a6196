extension BatchJob {
  /// The most tasks of an array where the cluster's MaxArraySize, 1001 by default, was left alone.
  static let slurmTasks = 1000

  /// An array job for the shards, and the job that merges them.
  var slurmFiles: [File] {
    [File(path: "\(stem)-scan.slurm", text: slurmScan), File(path: "\(stem)-merge.slurm", text: slurmMerge)]
  }

  var slurmInstructions: String {
    """
    scan=$(sbatch --parsable \(BatchJob.quoted("\(stem)-scan.slurm")))
    sbatch --dependency=afterok:$scan --kill-on-invalid-dep=yes \(BatchJob.quoted("\(stem)-merge.slurm"))
    """
  }

  /// Slurm sends SIGUSR1 to the shell, which hands it on; a scan that stopped (75) goes back into the queue.
  private var slurmScan: String {
    """
    #!/bin/bash
    #SBATCH --job-name=leptoscan
    #SBATCH --array=1-\(shards)
    #SBATCH --ntasks=1
    #SBATCH --cpus-per-task=\(cores)
    #SBATCH --time=\(limit)
    #SBATCH --signal=B:USR1@\(BatchJob.notice)
    #SBATCH --requeue
    #SBATCH --open-mode=append
    #SBATCH --output=\(slurmName("-shard-%a.log"))

    i=$SLURM_ARRAY_TASK_ID
    told=
    scan=
    trap 'told=1; if [ -n "$scan" ]; then trap "" USR1 TERM; kill -USR1 $scan; fi' USR1 TERM
    \(BatchJob.quoted(program)) scan \(BatchJob.quoted(card)) \\
      -o \(BatchJob.quoted("\(stem)-shard-"))$i.h5 --shard $i/\(shards) --threads \(cores) --resume --progress plain &
    scan=$!
    # The signal came before the scan was known.
    if [ -n "$told" ]; then kill -USR1 $scan; fi
    wait $scan
    status=$?
    # The signal ended the wait, not the scan.
    if [ -n "$told" ]; then wait $scan; status=$?; fi
    # It came before the scan listened: nothing was computed yet.
    if [ $status -eq $((128 + $(kill -l USR1))) ]; then status=75; fi
    if [ $status -eq 75 ]; then
      scontrol requeue "${SLURM_ARRAY_JOB_ID}_$i"
    fi
    exit $status

    """
  }

  /// The name of a log in quotes; Slurm expands `%a` in its ending and nothing before.
  private func slurmName(_ ending: String) -> String {
    "\"" + stem.replacing("%", with: "%%").replacing("\"", with: "\\\"") + ending + "\""
  }

  private var slurmMerge: String {
    """
    #!/bin/bash
    #SBATCH --job-name=leptoscan-merge
    #SBATCH --ntasks=1
    #SBATCH --time=\(limit)
    #SBATCH --output=\(slurmName("-merge.log"))

    exec \(BatchJob.quoted(program)) merge \(BatchJob.quoted(output)) --resume \\
      \(BatchJob.quoted("\(stem)-shard-")){1..\(shards)}.h5

    """
  }
}
