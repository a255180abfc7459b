#compdef azrestorectl
# zsh completion of azrestorectl: commands, options, states, job files, and existing jobs.

# Names and ids of the jobs, from the daemon or the database; nothing if there is neither.
_azrestorectl_jobs() {
  local -a daemon jobs
  local option given
  for option in --config --socket; do
    given=${opt_args[$option]:-$before_command[$option]}
    [[ -n $given ]] && daemon+=($option ${(Q)given})
  done
  jobs=(${(f)"$(timeout 2 azrestorectl $daemon list --json --limit 200 2>/dev/null </dev/null |
    sed -nE 's/.*"id":"([^"]*)".*"name":"([^"]*)".*"state":"([^"]*)".*/\2:\3\n\1:\2, \3/p')"})
  _describe -t jobs job jobs
}

_azrestorectl_command() {
  local -a commands=(
    'submit:check job files and submit them to azrestored'
    'validate:check job files and print every fault'
    'list:list jobs, newest first'
    'show:show everything about a job'
    'explain:say why a job is in its state and what happens next'
    'watch:follow jobs until they are at rest'
    'wait:wait silently until jobs are at rest'
    "events:print a job's history"
    'vms:list the VMs that a vault protects, and the state of their backups'
    "points:list a VM's recovery points"
    'spool:list the files of the spool that became no job'
    "status:show azrestored's sign-in, quotas, spool and jobs"
    'doctor:check everything that azrestored needs and say how to fix problems'
    'cancel:stop a job, or ask Azure to cancel its restore'
    'hold:prevent a job from starting'
    'release:let a held job continue'
    'retry:start a failed or cancelled job again'
  )
  _describe -t commands command commands
}

_azrestorectl() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  local -a everywhere=(
    '--config[settings of azrestored]:file:_files'
    '--socket[control socket of azrestored]:path:_files'
    '--json[print JSON, one object on each line]'
    '(- *)'{-h,--help}'[print help]'
  )
  local -a vault=(
    "--vault[the vault's ARM id]:id:"
    '--auth[sign-in profile of the settings]:profile:'
    '--region[list what is in this secondary region]:region:'
  )
  _arguments -C -A '-*' $everywhere '(- *)--version[print the version]' '1: :_azrestorectl_command' '*:: :->argument'
  [[ $state == argument ]] || return
  local -A before_command=("${(@kv)opt_args}")
  case $line[1] in
    submit)
      _arguments $everywhere '--spool[spool folder]:folder:_files -/' '--dry-run[submit nothing, show what would be sent]' \
        '*:job file:_files -g "*.json"'
      ;;
    validate) _arguments $everywhere '--online[then continue like submit --dry-run]' '*:job file:_files -g "*.json"' ;;
    list)
      _arguments $everywhere '--limit[at most this many jobs]:number:' '--vault[only jobs of this vault]:name:' \
        '--vm[only jobs of this VM]:name:' '--since[only jobs accepted since then]:time:' \
        '--sort[sort the selected jobs]:order:(age name vm vault state)' '--reverse[reverse the order]' \
        '--after[only jobs after this one]:job:_azrestorectl_jobs' '*--state[only jobs in this state]:state:(queued resolving
        validating triggering in-doubt polling rehydrating tracking cancelling held succeeded succeeded-with-warnings
        succeeded-with-findings failed cancelled)'
      ;;
    watch)
      _arguments $everywhere '--compact[only totals and jobs in trouble]' '--timeout[stop after this time]:duration:' \
        '*: :_azrestorectl_jobs'
      ;;
    wait) _arguments $everywhere '--timeout[stop after this time]:duration:' '*: :_azrestorectl_jobs' ;;
    events) _arguments $everywhere '--follow[then print new lines]' '1: :_azrestorectl_jobs' ;;
    cancel) _arguments $everywhere '--yes[do not ask]' '1: :_azrestorectl_jobs' ;;
    vms) _arguments $everywhere $vault ;;
    spool) _arguments $everywhere '--limit[at most this many files of each folder]:number:' ;;
    doctor) _arguments $everywhere "*${vault[1]}" $vault[2] ;;
    points)
      _arguments $everywhere $vault '--vm[the VM]:vm:' '--before[only points before this time]:time:' \
        '--after[only points after this time]:time:' '--not-older-than[only points at most this old]:duration:' \
        '*--consistency[only points with this consistency]:consistency:(AppConsistent FileSystemConsistent CrashConsistent)' \
        '*--tier[only points in this tier]:tier:(InstantRP HardenedRP ArchivedRP)'
      ;;
    retry)
      _arguments $everywhere '--nothing-runs[you have checked that no restore runs]' '--yes[do not ask]' \
        '1: :_azrestorectl_jobs'
      ;;
    show|explain|hold|release) _arguments $everywhere '1: :_azrestorectl_jobs' ;;
    *) _arguments $everywhere ;;
  esac
}

_azrestorectl "$@"
