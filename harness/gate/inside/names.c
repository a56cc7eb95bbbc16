// The words that a student's file may or may not use. A name that ends in `*` stands for all that begin so.
#include "inside.h"

#include <string.h>

static bool fits(const char *pattern, size_t length, const char *name) {
    return length && pattern[length - 1] == '*'
               ? strncmp(name, pattern, length - 1) == 0
               : strlen(name) == length && strncmp(name, pattern, length) == 0;
}

bool name_listed(const char *list, const char *name) {
    for (const char *at = list; *at; at += *at == ' ') {
        size_t length = strcspn(at, " ");
        if (fits(at, length, name))
            return true;
        at += length;
    }
    return false;
}

static const struct {
    const char *names, *why;
} families[] = {
    {"__tsan_* __tsan* AnnotateHappens* AnnotateIgnore* AnnotateRWLock* AnnotateBenignRace* "
     "AnnotateFlush* AnnotateNew* AnnotateMutex* AnnotateCond* AnnotatePublish* AnnotateEnable* "
     "AnnotateTraceMemory AnnotateThreadName WTFAnnotate* ANNOTATE_*",
     "tells ThreadSanitizer what it has to see and what not"},
    {"__asan_* __lsan_* __msan_* __hwasan_* __dfsan_* __memprof_*",
     "belongs to AddressSanitizer and decides what it reports"},
    {"__ubsan_*", "belongs to UndefinedBehaviorSanitizer and decides what it reports"},
    {"__sanitizer_* __sancov_* __interceptor_* ___interceptor_* __interception_* __llvm_* __xray_* "
     "__cxa_* __gcov_*",
     "belongs to the tools that watch the program"},
    {"VALGRIND_* RUNNING_ON_VALGRIND DRD_* _VG_* vg_* VG_USERREQ__* _vgr* _vgw*",
     "talks to Valgrind, which Helgrind is a part of"},
    {"interleave_* __wrap_* __real_*",
     "belongs to Interleave, which runs the driver and counts what it sees"},
    {"__SANITIZE_* thread_sanitizer address_sanitizer memory_sanitizer leak_sanitizer "
     "hwaddress_sanitizer undefined_behavior_sanitizer realtime_sanitizer",
     "tells in which tool the program runs"},
    {"_fileno _IO_*", "is inside of the C library's streams, which the tools print by"},
    {"__data __owner __nusers", "is inside of the C library's locks, which tools keep otherwise"},
    {"__has_include __has_include_next __has_embed", "asks which files there are"},
};

const char *name_of_tools(const char *name) {
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (name_listed(families[i].names, name))
            return families[i].why;
    return NULL;
}

bool name_reserved(const char *name) {
    return name[0] == '_' && (name[1] == '_' || (name[1] >= 'A' && name[1] <= 'Z'));
}

bool name_feature_test(const char *name) {
    return name_listed(
        "_GNU_SOURCE _POSIX_SOURCE _POSIX_C_SOURCE _XOPEN_SOURCE _XOPEN_SOURCE_EXTENDED "
        "_DEFAULT_SOURCE _BSD_SOURCE _SVID_SOURCE _ISOC99_SOURCE _ISOC11_SOURCE "
        "_ISOC2X_SOURCE _REENTRANT _THREAD_SAFE _FILE_OFFSET_BITS _TIME_BITS "
        "_LARGEFILE_SOURCE _LARGEFILE64_SOURCE _ATFILE_SOURCE _FORTIFY_SOURCE NDEBUG "
        "__STDC_WANT_* __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS __STDC_CONSTANT_MACROS",
        name);
}

// Of C11 and POSIX, and a few that come with every compiler here.
bool name_header(const char *name) {
    return name_listed(
        "assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h "
        "math.h setjmp.h signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h "
        "stdio.h stdlib.h stdnoreturn.h string.h tgmath.h threads.h time.h uchar.h wchar.h "
        "wctype.h "
        "aio.h alloca.h arpa/inet.h byteswap.h cpio.h dirent.h endian.h err.h error.h fcntl.h "
        "features.h fmtmsg.h fnmatch.h ftw.h getopt.h glob.h grp.h iconv.h langinfo.h libgen.h "
        "libintl.h "
        "linux/futex.h malloc.h memory.h monetary.h mqueue.h net/if.h netdb.h netinet/in.h "
        "netinet/tcp.h nl_types.h poll.h pthread.h pwd.h regex.h sched.h search.h semaphore.h "
        "spawn.h stdio_ext.h strings.h stropts.h sys/cdefs.h sys/epoll.h sys/eventfd.h sys/file.h "
        "sys/ioctl.h sys/ipc.h sys/mman.h sys/msg.h sys/param.h sys/poll.h sys/queue.h "
        "sys/random.h sys/resource.h sys/select.h sys/sem.h sys/shm.h sys/signal.h sys/socket.h "
        "sys/stat.h sys/statvfs.h sys/syscall.h sys/sysinfo.h sys/time.h sys/timerfd.h sys/times.h "
        "sys/types.h sys/uio.h sys/un.h sys/utsname.h sys/wait.h syscall.h sysexits.h syslog.h "
        "tar.h termios.h unistd.h utime.h values.h wordexp.h "
        "emmintrin.h immintrin.h mm_malloc.h smmintrin.h tmmintrin.h x86intrin.h xmmintrin.h "
        "arm_acle.h arm_neon.h stdckdint.h stdbit.h",
        name);
}

bool name_builtin(const char *name) {
    return name_listed(
        "__builtin_va_* __builtin_expect __builtin_expect_with_probability __builtin_offsetof "
        "__builtin_types_compatible_p __builtin_choose_expr __builtin_constant_p "
        "__builtin_classify_type __builtin_unreachable __builtin_trap __builtin_abort "
        "__builtin_assume __builtin_assume_aligned __builtin_prefetch __builtin_clear_padding "
        "__builtin_alloca __builtin_alloca_with_align __builtin_object_size "
        "__builtin_dynamic_object_size __builtin_ffs* __builtin_clz* __builtin_ctz* "
        "__builtin_clrsb* __builtin_popcount* __builtin_parity* __builtin_bswap* "
        "__builtin_bitreverse* __builtin_rotate* __builtin_add_overflow __builtin_sub_overflow "
        "__builtin_mul_overflow __builtin_sadd* __builtin_saddl* __builtin_uadd* __builtin_ssub* "
        "__builtin_usub* __builtin_smul* __builtin_umul* __builtin_addc* __builtin_subc* "
        "__builtin_huge_val* __builtin_inf* __builtin_nan* __builtin_isnan __builtin_isinf* "
        "__builtin_isfinite __builtin_isnormal __builtin_isgreater* __builtin_isless* "
        "__builtin_isunordered __builtin_signbit* __builtin_fpclassify __builtin_copysign* "
        "__builtin_fabs* __builtin_abs __builtin_labs __builtin_llabs __builtin_complex "
        "__builtin_memcpy __builtin_memmove __builtin_memset __builtin_memcmp __builtin_memchr "
        "__builtin_str* __builtin_bcmp __builtin_bzero __builtin_printf "
        "__builtin_puts __builtin_putchar __builtin_fprintf __builtin_snprintf "
        "__builtin_sprintf __builtin_vsnprintf __builtin_malloc __builtin_calloc __builtin_free "
        "__builtin_realloc __builtin_exit __builtin_launder __builtin_is_aligned "
        "__builtin_align_up __builtin_align_down __builtin_convertvector __builtin_shufflevector "
        "__builtin_ia32_pause __builtin_ia32_lfence __builtin_ia32_mfence __builtin_ia32_sfence "
        "__builtin_arm_yield __builtin_LINE __builtin_FILE __builtin_FUNCTION __builtin_COLUMN "
        "__builtin_pow* __builtin_sqrt* __builtin_floor* __builtin_ceil* __builtin_round* "
        "__builtin_fmin* __builtin_fmax* __builtin_bit_cast __builtin_has_attribute",
        name);
}

bool name_intrinsic(const char *name) {
    return name_listed(
        "llvm.dbg.* llvm.va_* llvm.memcpy.* llvm.memmove.* llvm.memset.* "
        "llvm.stacksave* llvm.stackrestore* llvm.lifetime.* llvm.expect.* "
        "llvm.expect.with.probability.* llvm.sadd.* llvm.uadd.* llvm.ssub.* llvm.usub.* "
        "llvm.smul.* llvm.umul.* llvm.bswap.* llvm.bitreverse.* llvm.ctpop.* llvm.ctlz.* "
        "llvm.cttz.* llvm.fshl.* llvm.fshr.* llvm.abs.* llvm.smax.* llvm.smin.* llvm.umax.* "
        "llvm.umin.* llvm.objectsize.* llvm.is.constant.* llvm.trap llvm.ubsantrap "
        "llvm.debugtrap llvm.assume llvm.prefetch.* llvm.fabs.* llvm.floor.* llvm.ceil.* "
        "llvm.trunc.* llvm.round.* llvm.roundeven.* llvm.rint.* llvm.nearbyint.* llvm.sqrt.* "
        "llvm.pow.* llvm.powi.* llvm.exp.* llvm.exp2.* llvm.log.* llvm.log2.* llvm.log10.* "
        "llvm.sin.* llvm.cos.* llvm.tan.* llvm.fma.* llvm.fmuladd.* llvm.copysign.* llvm.minnum.* "
        "llvm.maxnum.* llvm.minimum.* llvm.maximum.* llvm.is.fpclass.* llvm.lround.* "
        "llvm.llround.* llvm.lrint.* llvm.llrint.* llvm.ptrmask.* llvm.ptr.annotation.* "
        "llvm.var.annotation* llvm.launder.* llvm.threadlocal.address* llvm.vector.* "
        "llvm.x86.sse2.pause llvm.x86.sse2.mfence llvm.x86.sse2.lfence llvm.x86.sse.sfence "
        "llvm.aarch64.hint llvm.frexp.* llvm.ldexp.*",
        name);
}

// Written without the underscores around them.
bool name_attribute(const char *name) {
    return name_listed(
        "unused used maybe_unused noreturn _Noreturn format format_arg aligned packed deprecated "
        "warn_unused_result nodiscard nonnull returns_nonnull malloc alloc_size alloc_align "
        "assume_aligned const pure cold hot nothrow leaf always_inline noinline gnu_inline "
        "artificial fallthrough sentinel may_alias transparent_union mode vector_size "
        "unavailable diagnose_if error warning visibility cleanup flatten nocf_check nonstring "
        "access fd_arg null_terminated_string_arg tls_model warn_unused annotate noescape "
        "enum_extensibility flag_enum designated_init counted_by likely unlikely "
        "minsize nomerge noduplicate "
        // Clang's Thread Safety Analysis
        "guarded_by pt_guarded_by guarded_var pt_guarded_var acquired_before acquired_after "
        "capability shared_capability lockable scoped_lockable scoped_capability "
        "reentrant_capability requires_capability requires_shared_capability "
        "exclusive_locks_required shared_locks_required acquire_capability "
        "acquire_shared_capability exclusive_lock_function shared_lock_function "
        "release_capability release_shared_capability release_generic_capability "
        "unlock_function try_acquire_capability try_acquire_shared_capability "
        "exclusive_trylock_function shared_trylock_function locks_excluded lock_returned "
        "assert_capability assert_shared_capability assert_exclusive_lock assert_shared_lock "
        "no_thread_safety_analysis consumable callable_when",
        name);
}

bool name_telltale(const char *text) {
    static const char *const parts[] = {"/proc/",       "INTERLEAVE_",  "TSAN_OPTIONS",
                                        "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS",
                                        "VALGRIND_",    "LD_PRELOAD"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strstr(text, parts[i]))
            return true;
    return false;
}
