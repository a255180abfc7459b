# fish completion of azrestorectl: commands, options, states, job files, and existing jobs.

# Names and ids of the jobs, from the daemon or the database; nothing if there is neither.
function __azrestorectl_jobs
    set -l words (commandline -opc)
    set -l daemon
    for option in --config --socket
        if set -l at (contains -i -- $option $words); and set -q words[(math $at + 1)]
            set -a daemon $option $words[(math $at + 1)]
        end
    end
    timeout 2 azrestorectl $daemon list --json --limit 200 2>/dev/null </dev/null |
        sed -nE 's/.*"id":"([^"]*)".*"name":"([^"]*)".*"state":"([^"]*)".*/\2\t\3\n\1\t\2, \3/p'
end

function __azrestorectl_command
    complete -c azrestorectl -n __fish_use_subcommand -a $argv[1] -d $argv[2]
end

function __azrestorectl_option
    complete -c azrestorectl -n "__fish_seen_subcommand_from $argv[1]" $argv[2..]
end

complete -c azrestorectl -f
complete -c azrestorectl -l config -r -F -d 'Settings of azrestored'
complete -c azrestorectl -l socket -r -F -d 'Control socket of azrestored'
complete -c azrestorectl -l json -d 'Print JSON, one object on each line'
complete -c azrestorectl -s h -l help -d 'Print help'
complete -c azrestorectl -n __fish_use_subcommand -l version -d 'Print the version'

__azrestorectl_command submit 'Check job files and submit them to azrestored'
__azrestorectl_command validate 'Check job files and print every fault'
__azrestorectl_command list 'List jobs, newest first'
__azrestorectl_command show 'Show everything about a job'
__azrestorectl_command explain 'Say why a job is in its state and what happens next'
__azrestorectl_command watch 'Follow jobs until they are at rest'
__azrestorectl_command wait 'Wait silently until jobs are at rest'
__azrestorectl_command events "Print a job's history"
__azrestorectl_command vms 'List the VMs that a vault protects, and the state of their backups'
__azrestorectl_command points "List a VM's recovery points"
__azrestorectl_command spool 'List the files of the spool that became no job'
__azrestorectl_command status "Show azrestored's sign-in, quotas, spool and jobs"
__azrestorectl_command doctor 'Check everything that azrestored needs and say how to fix problems'
__azrestorectl_command cancel 'Stop a job, or ask Azure to cancel its restore'
__azrestorectl_command hold 'Prevent a job from starting'
__azrestorectl_command release 'Let a held job continue'
__azrestorectl_command retry 'Start a failed or cancelled job again'

__azrestorectl_option 'submit validate' -k -a '(__fish_complete_suffix .json)'
__azrestorectl_option 'show explain watch wait events cancel hold release retry' -a '(__azrestorectl_jobs)'
__azrestorectl_option submit -l spool -r -a '(__fish_complete_directories)' -d 'Spool folder'
__azrestorectl_option submit -l dry-run -d 'Submit nothing, show what would be sent'
__azrestorectl_option validate -l online -d 'Then continue like submit --dry-run'
__azrestorectl_option list -l state -x -d 'Only jobs in this state' -a 'queued resolving validating triggering in-doubt polling
    rehydrating tracking cancelling held succeeded succeeded-with-warnings succeeded-with-findings failed cancelled'
__azrestorectl_option list -l vault -x -d 'Only jobs of this vault'
__azrestorectl_option list -l vm -x -d 'Only jobs of this VM'
__azrestorectl_option list -l since -x -d 'Only jobs accepted since then'
__azrestorectl_option list -l sort -x -a 'age name vm vault state' -d 'Sort the selected jobs'
__azrestorectl_option list -l reverse -d 'Reverse the order'
__azrestorectl_option list -l after -x -a '(__azrestorectl_jobs)' -d 'Only jobs after this one'
__azrestorectl_option list -l limit -x -d 'At most this many jobs'
__azrestorectl_option spool -l limit -x -d 'At most this many files of each folder'
__azrestorectl_option watch -l compact -d 'Only totals and jobs in trouble'
__azrestorectl_option 'watch wait' -l timeout -x -d 'Stop after this time'
__azrestorectl_option events -l follow -d 'Then print new lines'
__azrestorectl_option 'vms points doctor' -l vault -x -d "The vault's ARM id"
__azrestorectl_option 'vms points doctor' -l auth -x -d 'Sign-in profile of the settings'
__azrestorectl_option 'vms points' -l region -x -d 'List what is in this secondary region'
__azrestorectl_option points -l vm -x -d 'The VM'
__azrestorectl_option points -l before -x -d 'Only points before this time'
__azrestorectl_option points -l after -x -d 'Only points after this time'
__azrestorectl_option points -l consistency -x -a 'AppConsistent FileSystemConsistent CrashConsistent' -d 'Only points with this consistency'
__azrestorectl_option points -l tier -x -a 'InstantRP HardenedRP ArchivedRP' -d 'Only points in this tier'
__azrestorectl_option points -l not-older-than -x -d 'Only points at most this old'
__azrestorectl_option 'cancel retry' -l yes -d 'Do not ask'
__azrestorectl_option retry -l nothing-runs -d 'You have checked that no restore runs'
