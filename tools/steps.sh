# Sourced by the scripts beside it: one line a step, with its seconds; what a step prints is kept in a log and
# shown only when it fails.
step_logs=${step_logs:-build/logs}

# step LABEL COMMAND…: answers COMMAND's own status.
step() {
  local label=$1 begin=$SECONDS status=0 log
  shift
  mkdir -p "$step_logs"
  log=$(tr -cs 'A-Za-z0-9\n' - <<<"$label")
  log=$step_logs/${log%-}.log
  printf '%s … ' "$label"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status == 0)); then
    printf '%d s\n' $((SECONDS - begin))
  else
    printf 'FAILED after %d s; the end of %s:\n' $((SECONDS - begin)) "$log"
    tail -n 200 "$log"
  fi
  return "$status"
}

# How many compilers may run at once: one a core, and 1.5 GiB of memory for each (gRPC and sanitizers are heavy).
parallel_jobs() {
  local cores by_memory
  cores=$(nproc)
  by_memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
  ((by_memory >= 1)) || by_memory=1
  echo $((cores < by_memory ? cores : by_memory))
}
