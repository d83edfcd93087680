/* Fails, cuts short, or ends the process at the n-th system call that changes a folder.

   Preloaded (LD_PRELOAD), it stands before the C library's functions of these names, so that it reaches Python, Rust and
   C++ code alike. It does nothing until `faults_arm` is called. Calls on files outside of the folder don't count. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { COUNT, KILL_BEFORE, KILL_WITHIN, FAIL_ONCE, FAIL_FROM, SHORT_ONCE };
enum { MAKES_ROOM, NEEDS_ROOM }; /* a full disk still lets files be removed */

static char folder[PATH_MAX];
static int mode = COUNT, fault = 0, exchanges = 1, armed = 0;
static long target = 0;
static atomic_long calls = 0;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void faults_arm(const char *path, int what, long which, int number, int can_exchange) {
    strncpy(folder, path, sizeof folder - 1);
    mode = what, target = which, fault = number, exchanges = can_exchange;
    atomic_store(&calls, 0);
    armed = 1;
}

long faults_count(void) { return atomic_load(&calls); }

static int is_inside(const char *path) { return !strncmp(path, folder, strlen(folder)); }

static int of_descriptor(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_inside(path);
}

static int of_path(int directory, const char *path) {
    if (path[0] == '/') return is_inside(path);
    if (directory != AT_FDCWD) return of_descriptor(directory);
    char here[PATH_MAX];
    return getcwd(here, sizeof here) && is_inside(here);
}

/* Whether this is the call: 0 go on, 1 fail with errno set, 2 do half of it; a kill does not return. */
static int strikes(int counts, int room) {
    if (!armed || !counts) return 0;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (mode == FAIL_FROM && number >= target && room == NEEDS_ROOM) return errno = fault, 1;
    if (number != target) return 0;
    if (mode == KILL_BEFORE) kill(getpid(), SIGKILL);
    if (mode == FAIL_ONCE) return errno = fault, 1;
    return mode == KILL_WITHIN || mode == SHORT_ONCE ? 2 : 0;
}

static void after(int struck) {
    if (struck == 2 && mode == KILL_WITHIN) kill(getpid(), SIGKILL);
}

#define CALL(counts, room, type, expression)      \
    int struck = strikes(counts, room);           \
    if (struck == 1) return -1;                   \
    type result = expression;                     \
    after(struck);                                \
    return result

/* Half of the bytes, of which there is at least one. */
static size_t part(int struck, size_t count) { return struck == 2 && count > 1 ? count / 2 : count; }

ssize_t write(int descriptor, const void *bytes, size_t count) {
    CALL(of_descriptor(descriptor), NEEDS_ROOM, ssize_t, REAL(write)(descriptor, bytes, part(struck, count)));
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    CALL(of_descriptor(descriptor), NEEDS_ROOM, ssize_t, REAL(pwrite64)(descriptor, bytes, part(struck, count), offset));
}

static int opens_to_change(int flags) { return flags & (O_CREAT | O_TRUNC); }

#define OPEN(name, directory, path, ...)                                                   \
    va_list rest;                                                                          \
    va_start(rest, flags);                                                                 \
    mode_t permissions = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;         \
    va_end(rest);                                                                          \
    CALL(opens_to_change(flags) && of_path(directory, path), NEEDS_ROOM, int,              \
         REAL(name)(__VA_ARGS__, flags, permissions))

int open(const char *path, int flags, ...) { OPEN(open, AT_FDCWD, path, path); }
int open64(const char *path, int flags, ...) { OPEN(open64, AT_FDCWD, path, path); }
int openat(int directory, const char *path, int flags, ...) { OPEN(openat, directory, path, directory, path); }
int openat64(int directory, const char *path, int flags, ...) { OPEN(openat64, directory, path, directory, path); }

int fsync(int descriptor) { CALL(of_descriptor(descriptor), NEEDS_ROOM, int, REAL(fsync)(descriptor)); }
int fdatasync(int descriptor) { CALL(of_descriptor(descriptor), NEEDS_ROOM, int, REAL(fdatasync)(descriptor)); }
int ftruncate64(int descriptor, off64_t size) {
    CALL(of_descriptor(descriptor), NEEDS_ROOM, int, REAL(ftruncate64)(descriptor, size));
}

int mkdir(const char *path, mode_t permissions) {
    CALL(of_path(AT_FDCWD, path), NEEDS_ROOM, int, REAL(mkdir)(path, permissions));
}

int rename(const char *old, const char *new) {
    CALL(of_path(AT_FDCWD, new), NEEDS_ROOM, int, REAL(rename)(old, new));
}

int renameat2(int one, const char *old, int other, const char *new, unsigned flags) {
    if (armed && !exchanges) return errno = EINVAL, -1;
    CALL(of_path(other, new), NEEDS_ROOM, int, REAL(renameat2)(one, old, other, new, flags));
}

int unlink(const char *path) { CALL(of_path(AT_FDCWD, path), MAKES_ROOM, int, REAL(unlink)(path)); }
int unlinkat(int directory, const char *path, int flags) {
    CALL(of_path(directory, path), MAKES_ROOM, int, REAL(unlinkat)(directory, path, flags));
}
int rmdir(const char *path) { CALL(of_path(AT_FDCWD, path), MAKES_ROOM, int, REAL(rmdir)(path)); }
