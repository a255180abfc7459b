#compdef azrestorectl
# zsh completion of azrestorectl: commands, options, states, job files, and the jobs that there are.

# Names and ids of the jobs, from the daemon or the database; nothing when there is neither.
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
    'submit:check job files and hand them to azrestored'
    'validate:check job files and print everything wrong with them'
    'list:list jobs, newest first'
    'show:show everything about a job'
    'explain:say why a job is where it is and what comes next'
    'watch:follow jobs until they are at rest'
    'wait:wait silently until jobs are at rest'
    "events:print a job's history"
    'vms:list the VMs that a vault protects'
    "points:list a VM's recovery points"
    'status:say how azrestored fares'
    'doctor:check all that azrestored needs and say what to do'
    'cancel:stop a job, or ask Azure to'
    'hold:keep a job from starting'
    'release:let a held job go on'
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
    '--json[print JSON, one object a line]'
    '(- *)'{-h,--help}'[print help]'
  )
  local -a vault=(
    "--vault[the vault's ARM id]:id:"
    '--auth[sign-in profile of the settings]:profile:'
    '--region[what is in this secondary region]:region:'
  )
  _arguments -C -A '-*' $everywhere '(- *)--version[print the version]' '1: :_azrestorectl_command' '*:: :->argument'
  [[ $state == argument ]] || return
  local -A before_command=("${(@kv)opt_args}")
  case $line[1] in
    submit)
      _arguments $everywhere '--spool[spool folder]:folder:_files -/' '--dry-run[ask Azure everything, start nothing]' \
        '*:job file:_files -g "*.json"'
      ;;
    validate) _arguments $everywhere '--online[then as submit --dry-run]' '*:job file:_files -g "*.json"' ;;
    list)
      _arguments $everywhere '--limit[at most so many]:number:' '--vault[only jobs of this vault]:name:' \
        '--vm[only jobs of this VM]:name:' '--since[only jobs taken in since then]:time:' \
        '--sort[sort those shown]:order:(age name vm vault state)' '--reverse[the other way round]' \
        '--after[only jobs behind this one]:job:_azrestorectl_jobs' '*--state[only jobs in this state]:state:(queued resolving
        validating triggering in-doubt polling rehydrating tracking cancelling held succeeded succeeded-with-warnings
        succeeded-with-findings failed cancelled)'
      ;;
    watch)
      _arguments $everywhere '--compact[only totals and trouble]' '--timeout[stop after so long]:duration:' \
        '*: :_azrestorectl_jobs'
      ;;
    wait) _arguments $everywhere '--timeout[stop after so long]:duration:' '*: :_azrestorectl_jobs' ;;
    events) _arguments $everywhere '--follow[then what comes]' '1: :_azrestorectl_jobs' ;;
    cancel) _arguments $everywhere '--yes[ask nothing]' '1: :_azrestorectl_jobs' ;;
    vms) _arguments $everywhere $vault ;;
    doctor) _arguments $everywhere "*${vault[1]}" $vault[2] ;;
    points)
      _arguments $everywhere $vault '--vm[the VM]:vm:' '--before[only points before this time]:time:' \
        '--after[only points after this time]:time:' '--not-older-than[only points this young]:duration:' \
        '*--consistency[only such ones]:consistency:(AppConsistent FileSystemConsistent CrashConsistent)' \
        '*--tier[only points in this tier]:tier:(InstantRP HardenedRP ArchivedRP)'
      ;;
    retry)
      _arguments $everywhere '--nothing-runs[you have made sure that nothing runs]' '--yes[ask nothing]' \
        '1: :_azrestorectl_jobs'
      ;;
    show|explain|hold|release) _arguments $everywhere '1: :_azrestorectl_jobs' ;;
    *) _arguments $everywhere ;;
  esac
}

_azrestorectl "$@"
