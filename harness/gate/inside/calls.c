// The functions (and the objects) of the C library that an exercise may use, and why others are not among
// them. What a lesson needs beyond that stands in its lesson.ini (`calls` of [exercise.c]).
#include "inside.h"

#include <string.h>

// Whether a program may give the name to a function or an object of its own. The tools, the compiler and
// the driver call many of these too: what is exported is called in the place of the library's, and where
// the compiler makes calls of its own (memcpy() for a structure) also what is static.
enum own { OWN, OWN_IF_STATIC, NEVER_OWN };

static const struct {
    const char *from, *names;
    enum own own;
} allowed[] = {
    {"pthread.h",
     "pthread_create pthread_join pthread_detach pthread_self pthread_equal pthread_exit "
     "pthread_once pthread_tryjoin_np pthread_timedjoin_np pthread_clockjoin_np "
     "pthread_setname_np pthread_getname_np pthread_attr_init pthread_attr_destroy "
     "pthread_attr_setdetachstate "
     "pthread_attr_getdetachstate pthread_attr_setstacksize",
     NEVER_OWN},
    {"pthread.h: locks",
     "pthread_mutex_init pthread_mutex_destroy pthread_mutex_lock pthread_mutex_trylock "
     "pthread_mutex_timedlock pthread_mutex_clocklock pthread_mutex_unlock "
     "pthread_mutex_consistent pthread_mutexattr_init pthread_mutexattr_destroy "
     "pthread_mutexattr_settype pthread_mutexattr_gettype pthread_mutexattr_setprotocol "
     "pthread_mutexattr_getprotocol pthread_mutexattr_setrobust pthread_mutexattr_getrobust "
     "pthread_mutexattr_setpshared pthread_mutexattr_getpshared pthread_rwlock_init "
     "pthread_rwlock_destroy pthread_rwlock_rdlock pthread_rwlock_tryrdlock "
     "pthread_rwlock_timedrdlock pthread_rwlock_clockrdlock pthread_rwlock_wrlock "
     "pthread_rwlock_trywrlock pthread_rwlock_timedwrlock pthread_rwlock_clockwrlock "
     "pthread_rwlock_unlock pthread_rwlockattr_init pthread_rwlockattr_destroy "
     "pthread_rwlockattr_setpshared pthread_rwlockattr_getpshared "
     "pthread_rwlockattr_setkind_np pthread_rwlockattr_getkind_np pthread_spin_init "
     "pthread_spin_destroy pthread_spin_lock pthread_spin_trylock pthread_spin_unlock",
     NEVER_OWN},
    {"pthread.h: waiting",
     "pthread_cond_init pthread_cond_destroy pthread_cond_wait pthread_cond_timedwait "
     "pthread_cond_clockwait pthread_cond_signal pthread_cond_broadcast pthread_condattr_init "
     "pthread_condattr_destroy pthread_condattr_setclock pthread_condattr_getclock "
     "pthread_condattr_setpshared pthread_condattr_getpshared pthread_barrier_init "
     "pthread_barrier_destroy pthread_barrier_wait pthread_barrierattr_init "
     "pthread_barrierattr_destroy pthread_barrierattr_setpshared "
     "pthread_barrierattr_getpshared",
     NEVER_OWN},
    {"pthread.h: of each thread",
     "pthread_key_create pthread_key_delete pthread_getspecific pthread_setspecific "
     "pthread_setcancelstate pthread_setcanceltype pthread_testcancel "
     "__pthread_register_cancel __pthread_unregister_cancel __pthread_unwind_next "
     "__sigsetjmp __sigsetjmp_cancel",
     NEVER_OWN},
    {"threads.h",
     "thrd_create thrd_join thrd_detach thrd_current thrd_equal thrd_exit thrd_sleep thrd_yield "
     "mtx_init mtx_destroy mtx_lock mtx_trylock mtx_timedlock mtx_unlock cnd_init cnd_destroy "
     "cnd_wait cnd_timedwait cnd_signal cnd_broadcast tss_create tss_delete tss_get tss_set "
     "call_once",
     NEVER_OWN},
    {"semaphore.h",
     "sem_init sem_destroy sem_wait sem_trywait sem_timedwait sem_clockwait "
     "sem_post sem_getvalue",
     NEVER_OWN},
    {"stdatomic.h",
     "__atomic_* atomic_flag_test_and_set atomic_flag_test_and_set_explicit atomic_flag_clear "
     "atomic_flag_clear_explicit atomic_thread_fence atomic_signal_fence",
     NEVER_OWN},
    {"sched.h, time.h, unistd.h",
     "sched_yield nanosleep clock_nanosleep clock_gettime clock_getres time clock difftime mktime "
     "gmtime gmtime_r localtime localtime_r strftime asctime asctime_r ctime ctime_r "
     "timespec_get gettimeofday sleep usleep getpid gettid sysconf get_nprocs "
     "get_nprocs_conf",
     OWN_IF_STATIC},
    {"stdlib.h: memory",
     "malloc calloc realloc reallocarray free aligned_alloc posix_memalign "
     "memalign valloc pvalloc",
     NEVER_OWN},
    {"string.h",
     "memcpy memmove memset memcmp memchr memrchr mempcpy memmem bcmp "
     "bzero strlen strnlen strcpy strncpy strcat strncat strcmp strncmp strxfrm "
     "strchr strrchr strchrnul strspn strcspn strpbrk strstr strcasestr strtok strtok_r "
     "strsep strdup strndup stpcpy strcasecmp strncasecmp strerror strerror_r "
     "__xpg_strerror_r __strdup __strndup",
     NEVER_OWN},
    {"stdio.h: printing, and text of its own",
     "printf fprintf vprintf vfprintf puts putchar putc fputc fputs fwrite perror fflush "
     "fileno ferror clearerr setvbuf setbuf setlinebuf sprintf snprintf vsprintf vsnprintf "
     "asprintf vasprintf putchar_unlocked putc_unlocked fputc_unlocked "
     "flockfile funlockfile ftrylockfile sscanf vsscanf __isoc99_sscanf "
     "__isoc99_vsscanf __isoc23_sscanf __isoc23_vsscanf "
     "stdout stderr stdin",
     NEVER_OWN},
    {"stdlib.h: ending, which is a fault that is found",
     "exit abort _exit _Exit quick_exit __assert_fail __assert_perror_fail __assert", NEVER_OWN},
    {"stdlib.h: numbers, sorting",
     "atoi atol atoll atof strtol strtoll strtoul strtoull strtod strtof strtold strtoimax "
     "strtoumax __isoc23_strtol __isoc23_strtoll __isoc23_strtoul __isoc23_strtoull "
     "qsort qsort_r bsearch rand srand rand_r random srandom random_r srandom_r "
     "drand48 lrand48 mrand48 srand48 arc4random "
     "arc4random_uniform abs labs llabs imaxabs div ldiv lldiv imaxdiv",
     OWN_IF_STATIC},
    {"errno.h", "__errno_location", NEVER_OWN},
    {"ctype.h, wchar.h",
     "isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper "
     "isxdigit tolower toupper __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc "
     "iswalnum iswalpha iswdigit iswspace iswupper iswlower iswpunct towlower towupper wcslen "
     "mbstowcs wcstombs mbrtowc wcrtomb btowc wctob",
     OWN},
    {"math.h",
     "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 "
     "fabs fdim floor fma fmax fmin fmod frexp hypot ilogb ldexp lgamma llrint llround log log10 "
     "log1p log2 logb lrint lround modf nearbyint nextafter pow remainder remquo rint round "
     "scalbn sin sinh sqrt tan tanh tgamma trunc fabsf floorf ceilf sqrtf powf sinf cosf tanf "
     "expf logf log2f log10f fmodf roundf truncf fmaxf fminf fabsl floorl ceill sqrtl "
     "lroundf lrintf hypotf",
     OWN},
    {"arpa/inet.h", "htonl htons ntohl ntohs", OWN},
};

// Not allowed, with the reason in the words of a lesson; the sentence goes on from "`name` ".
static const struct {
    const char *names, *why;
} denied[] = {
    {"syscall __libc_syscall vsyscall",
     "calls the kernel behind the back of the tools, which then do not know what happened; call "
     "the function of the C library that does it"},
    {"dlopen dlmopen dlsym dlvsym dladdr dladdr1 dlinfo dlclose dlerror dl_iterate_phdr "
     "__libc_dlopen_mode __libc_dlsym",
     "looks up functions while the program runs, so nobody can tell what it will call; call the "
     "function by its name"},
    {"fork vfork clone __clone clone3 execl execlp execle execv execve execvp execvpe fexecve "
     "posix_spawn posix_spawnp system popen pclose daemon wait waitpid waitid wait3 wait4 unshare "
     "setns",
     "has to do with other processes, which the tools do not follow; an exercise needs threads "
     "alone"},
    {"kill raise killpg tgkill tkill sigqueue pthread_kill pthread_sigqueue signal sigaction "
     "bsd_signal sysv_signal sigset sighold sigrelse sigignore siginterrupt sigprocmask "
     "pthread_sigmask sigsuspend sigwait sigwaitinfo sigtimedwait signalfd sigaltstack sigpending "
     "psignal __sysv_signal __bsd_signal sigemptyset sigfillset sigaddset sigdelset sigismember "
     "alarm ualarm setitimer "
     "timer_create timer_settime pause",
     "has to do with signals, by which a program can end or mislead the tools; use a condition "
     "variable to wake a thread, and return to end one"},
    {"pthread_cancel",
     "ends another thread in the middle of what it does, and whatever it holds stays held; let "
     "the thread see a flag and return"},
    {"mmap mmap64 munmap mprotect mremap madvise mincore mlock munlock mlockall munlockall "
     "shm_open shm_unlink shmat shmget shmdt memfd_create brk sbrk process_vm_readv "
     "process_vm_writev userfaultfd pkey_mprotect remap_file_pages msync",
     "changes the memory of the process underneath the tools; use malloc() or an object of your "
     "own"},
    {"getenv secure_getenv setenv putenv unsetenv clearenv environ __environ _environ "
     "program_invocation_name program_invocation_short_name __progname __libc_argv getauxval "
     "confstr",
     "reads or changes the surroundings of the program, by which it could tell who watches; an "
     "exercise gets all it needs from the driver"},
    {"ptrace prctl arch_prctl personality seccomp capset setrlimit setrlimit64 prlimit getrlimit "
     "sched_setaffinity pthread_setaffinity_np sched_setscheduler sched_setparam "
     "pthread_setschedparam pthread_setschedprio pthread_attr_setschedpolicy "
     "pthread_attr_setschedparam pthread_attr_setaffinity_np sched_getcpu sched_getaffinity nice "
     "setpriority setuid setgid setresuid chroot mount reboot",
     "changes how the system treats the program; a right exercise is right on any schedule"},
    {"setjmp _setjmp sigsetjmp longjmp _longjmp siglongjmp __longjmp_chk getcontext setcontext "
     "makecontext swapcontext backtrace backtrace_symbols",
     "leaves functions by a way that the tools cannot follow; return from them"},
    {"atexit on_exit at_quick_exit __cxa_atexit __cxa_thread_atexit_impl pthread_atfork "
     "pthread_attr_setstack pthread_getattr_np",
     "arranges for code to run where no driver looks; do the work before your function returns"},
    {"open open64 openat openat64 creat read pread pread64 readv write pwrite pwrite64 writev "
     "close closefrom close_range dup dup2 dup3 fcntl fcntl64 ioctl lseek lseek64 pipe pipe2 "
     "eventfd "
     "socket socketpair connect bind listen accept accept4 send sendto sendmsg recv recvfrom "
     "recvmsg select pselect poll ppoll epoll_create epoll_create1 epoll_ctl epoll_wait "
     "dprintf vdprintf sendfile splice tee vmsplice copy_file_range timerfd_create inotify_init "
     "truncate "
     "ftruncate fsync",
     "works on the descriptors of the process, some of which belong to the tools; print with "
     "printf(), and hand data from thread to thread in memory"},
    {"fopen fopen64 fdopen freopen freopen64 fclose fcloseall fread fgets fgetc getc getchar gets "
     "getline getdelim fscanf scanf vscanf vfscanf __isoc99_scanf __isoc99_fscanf fseek fseeko "
     "ftell rewind tmpfile mkstemp mkdtemp opendir readdir closedir stat fstat lstat access "
     "unlink remove rename mkdir rmdir link symlink readlink realpath chdir fchdir getcwd chmod "
     "chown fmemopen open_memstream fopencookie nftw ftw glob wordexp",
     "reads or changes files, or closes those that are open; an exercise gets all it needs from "
     "the driver"},
    {"sem_open sem_close sem_unlink mq_open mq_close mq_unlink mq_send mq_receive mq_notify msgget "
     "msgsnd msgrcv semget semop semctl",
     "is known beyond this process, so that one run could leave something to the next; use an "
     "object in memory"},
    {"bcopy stpncpy wcscpy wcsncpy wmemcpy wmemmove wmempcpy wmemset memccpy explicit_bzero swab "
     "insque remque lsearch lfind setstate initstate initstate_r erand48 nrand48 jrand48 strcoll "
     "strverscmp wcscmp mblen nan fputs_unlocked fwrite_unlocked hsearch hcreate hdestroy tsearch "
     "tfind tdelete twalk",
     "uses memory where no tool looks, so that a race would not be seen; use memcpy(), or write "
     "the loop yourself"},
    {"pthread_attr_setguardsize pthread_attr_getguardsize pthread_attr_getstacksize "
     "pthread_getconcurrency pthread_setconcurrency",
     "keeps a number where no tool looks, so that a race for it would not be seen; keep it in an "
     "object of your own"},
    {"malloc_usable_size",
     "tells which heap the program has, and so which tool watches it; keep the size that you asked "
     "for"},
    {"main _start _init _fini", "is where the program begins, which is the driver's part"},
};

bool call_allowed(const char *name) {
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (name_listed(allowed[i].names, name))
            return true;
    return false;
}

const char *call_why_not(const char *name) {
    for (size_t i = 0; i < sizeof denied / sizeof denied[0]; i++)
        if (name_listed(denied[i].names, name))
            return denied[i].why;
    return NULL;
}

// Words that students give to functions of their own, and that no tool calls.
static const char everyday[] =
    "send recv accept connect bind listen select wait pause link remove "
    "rename access poll splice tee mount nice signal insque remque lfind lsearch swab "
    "tsearch tfind tdelete twalk nan";

bool call_ownable(const char *name, bool exported) {
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (name_listed(allowed[i].names, name))
            return allowed[i].own == OWN || (allowed[i].own == OWN_IF_STATIC && !exported);
    if (strncmp(name, "pthread_", strlen("pthread_")) == 0)
        return false;
    return !exported || !call_why_not(name) || name_listed(everyday, name);
}
