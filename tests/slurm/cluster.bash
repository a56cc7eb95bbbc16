# A Slurm of one node, all of it in directories of the test: munged, slurmctld and slurmd, none of them
# seen from outside this machine, and ended by the test that started them.

# wait_for COMMAND...: returns when it succeeds; fails when that takes far too long.
wait_for() {
    local tries
    for ((tries = 0; tries < 6000; tries++)); do
        "$@" &>/dev/null && return
        sleep 0.1
    done
    echo "waited ten minutes in vain for: $*" >&2
    tail -n 5 "$cluster"/*.log >&2
    return 1
}

free_port() {
    local port
    while port=$((20000 + RANDOM % 10000)); do
        [[ $(ss -Hltn "sport = :$port") ]] || break
    done
    echo $port
}

# A daemon in the foreground, whose number is kept so that it, and nothing else, is ended.
daemon() { # NAME COMMAND...
    "${@:2}" >"$cluster/$1.out" 2>&1 </dev/null 3>&- &
    echo $! >"$cluster/$1.pid"
}

cluster_start() { # PROCESSORS
    cluster=$(mktemp -d)
    mkdir -p "$cluster"/{munge,state,spool}
    chmod 755 "$cluster" # munged is another user
    dd if=/dev/urandom of="$cluster/munge/key" bs=128 count=1 status=none
    chown -R munge: "$cluster/munge"
    chmod 400 "$cluster/munge/key"
    local host
    host=$(hostname -s)
    cat >"$cluster/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$cluster/munge/socket
SlurmUser=root
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.its-pid
SlurmdPidFile=$cluster/slurmd.its-pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1,requeue_setup_env_fail
MpiDefault=none
ReturnToService=2
MaxArraySize=${MAX_ARRAY_SIZE:-10001}
KillWait=1
InactiveLimit=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=$1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    export SLURM_CONF=$cluster/slurm.conf
    daemon munged setpriv --reuid munge --regid munge --clear-groups munged --foreground \
        --key-file "$cluster/munge/key" --socket "$cluster/munge/socket" --pid-file "$cluster/munge/pid" \
        --seed-file "$cluster/munge/seed" --log-file "$cluster/munge/log"
    wait_for test -S "$cluster/munge/socket" || return
    daemon slurmctld slurmctld -D -i
    daemon slurmd slurmd -D
    wait_for node_is_idle
}

node_is_idle() { [[ $(sinfo -h -o %T) == idle ]]; }

cluster_stop() {
    local name pid
    [[ -d ${cluster:-} ]] || return 0
    scancel --state=PENDING,RUNNING --me &>/dev/null || true
    wait_for queue_is_empty || true
    for name in slurmd slurmctld munged; do
        pid=$(cat "$cluster/$name.pid" 2>/dev/null) || continue
        kill "$pid" 2>/dev/null || continue
        wait_for gone "$pid" || kill -KILL "$pid"
    done
    rm -rf "$cluster"
}

gone() { [[ ! -e /proc/$1 ]]; }

queue_is_empty() { [[ -z $(squeue -h) ]]; }
