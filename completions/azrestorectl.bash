# bash completion of azrestorectl: commands, options, states, job files, and existing jobs.

_azrestorectl_commands='submit validate list show explain watch wait events vms points spool status doctor cancel hold release retry'
_azrestorectl_states='queued resolving validating triggering in-doubt polling rehydrating tracking cancelling held succeeded
  succeeded-with-warnings succeeded-with-findings failed cancelled'

_azrestorectl_options() {
  local everywhere='--config --socket --json --help'
  case $1 in
    '') echo "$everywhere --version" ;;
    submit) echo "$everywhere --spool --dry-run" ;;
    validate) echo "$everywhere --online" ;;
    list) echo "$everywhere --state --vault --vm --since --sort --reverse --limit --after" ;;
    watch) echo "$everywhere --compact --timeout" ;;
    wait) echo "$everywhere --timeout" ;;
    events) echo "$everywhere --follow" ;;
    cancel) echo "$everywhere --yes" ;;
    vms) echo "$everywhere --vault --auth --region" ;;
    points)
      echo "$everywhere --vault --auth --region --vm --before --after --consistency --tier --not-older-than"
      ;;
    retry) echo "$everywhere --nothing-runs --yes" ;;
    doctor) echo "$everywhere --vault --auth" ;;
    spool) echo "$everywhere --limit" ;;
    *) echo "$everywhere" ;;
  esac
}

# Names and ids of the jobs that the command applies to, one on each line, from the daemon or the database; nothing if there
# is neither. "$@": the options that select the daemon.
_azrestorectl_jobs() {
  local command=$1 wanted='.*'
  shift
  case $command in
    cancel | hold) wanted='queued|resolving|validating|triggering|in-doubt|polling|rehydrating|tracking|cancelling|held' ;;
    release) wanted='held' ;;
    retry) wanted='failed|cancelled|held' ;;
  esac
  timeout 2 "${COMP_WORDS[0]}" "$@" list --json --limit 200 2>/dev/null </dev/null |
    sed -nE "s/.*\"id\":\"([^\"]*)\".*\"name\":\"([^\"]*)\".*\"state\":\"($wanted)\".*/\2\n\1/p"
}

# Puts the lines of standard input that begin with $1 into COMPREPLY, quoted for the shell unless a quote is open.
_azrestorectl_take() {
  local typed=$1 line quoted=
  case $typed in
    [\"\']*) typed=${typed:1} ;;
    *) quoted=1 typed=${typed//\\/} ;;
  esac
  while IFS= read -r line; do
    [[ $line == "$typed"* ]] || continue
    [[ $quoted ]] && printf -v line %q "$line"
    COMPREPLY+=("$line")
  done
}

_azrestorectl_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

# Files that end in .json, and folders; all files if there are none.
_azrestorectl_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -X '!*.json' -- "$1"; compgen -d -- "$1")
  [[ ${#COMPREPLY[@]} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_azrestorectl() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word i
  local -a daemon=()
  COMPREPLY=()
  # "--state=held" comes as three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    case $word in
      --config | --socket)
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((++i))
        ((++i < COMP_CWORD)) && daemon+=("$word" "${COMP_WORDS[i]/#\~/$HOME}")
        ;;
      -*) ;;
      *) [[ $command ]] || command=$word ;;
    esac
  done

  case $previous in
    --config | --socket | --spool)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    --state) _azrestorectl_words "$_azrestorectl_states" "$current"; return ;;
    --sort) _azrestorectl_words 'age name vm vault state' "$current"; return ;;
    --consistency) _azrestorectl_words 'AppConsistent FileSystemConsistent CrashConsistent' "$current"; return ;;
    --tier) _azrestorectl_words 'InstantRP HardenedRP ArchivedRP' "$current"; return ;;
    --after)
      [[ $command != list ]] ||
        _azrestorectl_take "$current" < <(_azrestorectl_jobs list "${daemon[@]}" | sort -u)
      return
      ;;
    --limit | --since | --timeout | --vault | --auth | --region | --vm | --before | --not-older-than) return ;;
  esac
  if [[ $current == -* ]]; then
    _azrestorectl_words "$(_azrestorectl_options "$command")" "$current"
    return
  fi
  case $command in
    '') _azrestorectl_words "$_azrestorectl_commands" "$current" ;;
    submit | validate) _azrestorectl_files "$current" ;;
    show | explain | watch | wait | events | cancel | hold | release | retry)
      _azrestorectl_take "$current" < <(_azrestorectl_jobs "$command" "${daemon[@]}" | sort -u)
      ;;
  esac
}

complete -F _azrestorectl azrestorectl
