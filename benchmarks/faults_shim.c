/* Faults for the write path: counts every call that changes something below
 * FAULTS_ROOT, over the whole process tree, and at call FAULTS_AT kills or fails.
 *
 * FAULTS_MODE  count   count only
 *              log     count, and write each call to FAULTS_LOG
 *              group   kill -9 the process group (a write is first half done)
 *              one     kill -9 the calling process alone
 *              once    return FAULTS_ERRNO at that call
 *              from    return FAULTS_ERRNO from that call on
 * FAULTS_NEVER kinds of calls (such as link,chmod) that the disk cannot do at all: each
 *              returns FAULTS_NEVER_ERRNO, in every mode, and is not counted
 * FAULTS_STATE a file of eight bytes: the counter that all processes share.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static const char *root, *mode, *logfile, *never;
static long at, number, refusal;
static unsigned long *counter;

__attribute__((constructor)) static void begin(void) {
  root = getenv("FAULTS_ROOT");
  mode = getenv("FAULTS_MODE");
  logfile = getenv("FAULTS_LOG");
  never = getenv("FAULTS_NEVER");
  const char *state = getenv("FAULTS_STATE");
  if (!root || !mode || !state) {
    root = NULL;
    return;
  }
  at = getenv("FAULTS_AT") ? atol(getenv("FAULTS_AT")) : 0;
  refusal = getenv("FAULTS_NEVER_ERRNO") ? atol(getenv("FAULTS_NEVER_ERRNO")) : EPERM;
  number = getenv("FAULTS_ERRNO") ? atol(getenv("FAULTS_ERRNO")) : EIO;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, state, O_RDWR | O_CLOEXEC);
  void *shared = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (fd < 0 || shared == MAP_FAILED) {
    root = NULL;
    return;
  }
  counter = shared;
  syscall(SYS_close, fd);
}

static void of_fd(int fd, char *out) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long n = syscall(SYS_readlinkat, AT_FDCWD, link, out, PATH_MAX - 1);
  out[n > 0 ? n : 0] = 0;
}

static void absolute(int dir, const char *path, char *out) {
  if (path[0] == '/') {
    snprintf(out, PATH_MAX, "%s", path);
    return;
  }
  char base[PATH_MAX];
  if (dir == AT_FDCWD) {
    long n = syscall(SYS_getcwd, base, PATH_MAX);
    base[n > 0 ? n - 1 : 0] = 0;
  } else {
    of_fd(dir, base);
  }
  if (snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) out[0] = 0;
}

static int below(const char *path) {
  size_t n = root ? strlen(root) : 0;
  return n && strncmp(path, root, n) == 0 && (path[n] == '/' || path[n] == 0);
}

static void note(const char *what, const char *path, const char *other) {
  char line[2 * PATH_MAX + 64];
  int n = snprintf(line, sizeof line, "%s\t%s\t%s\n", what, path, other);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, logfile,
                        O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  syscall(SYS_write, fd, line, n);
  syscall(SYS_close, fd);
}

/* 0: go on; 1: fail with errno set; 2: die, after half a write */
static int fate(const char *what, const char *path, const char *other) {
  if (!root || !(below(path) || below(other))) return 0;
  if (never && strstr(never, what)) {
    errno = (int)refusal;
    return 1;
  }
  long now = (long)__sync_add_and_fetch(counter, 1);
  if (!strcmp(mode, "log")) note(what, path, other);
  if (!strcmp(mode, "count") || !strcmp(mode, "log")) return 0;
  if (!strcmp(mode, "from") ? now < at : now != at) return 0;
  if (!strcmp(mode, "once") || !strcmp(mode, "from")) {
    errno = (int)number;
    return 1;
  }
  return 2;
}

static void die(void) {
  kill(!strcmp(mode, "one") ? getpid() : 0, SIGKILL);
  for (;;) pause();
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define STRIKE(what, path, other) \
  do { \
    int strike = fate(what, path, other); \
    if (strike == 1) return -1; \
    if (strike == 2) die(); \
  } while (0)

#define OPEN(name, dir, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    unsigned permissions = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
      va_list more; \
      va_start(more, flags); \
      permissions = va_arg(more, unsigned); \
      va_end(more); \
    } \
    if (root && (flags & (O_CREAT | O_TRUNC))) { \
      char full[PATH_MAX]; \
      absolute(dir, path, full); \
      STRIKE(flags & O_TRUNC ? "truncate" : "create", full, ""); \
    } \
    return real arguments; \
  }

OPEN(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, permissions))
OPEN(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, permissions))
OPEN(openat, dir, (int dir, const char *path, int flags, ...),
     (dir, path, flags, permissions))
OPEN(openat64, dir, (int dir, const char *path, int flags, ...),
     (dir, path, flags, permissions))

ssize_t write(int fd, const void *data, size_t size) {
  REAL(write);
  if (root) {
    char full[PATH_MAX];
    of_fd(fd, full);
    int strike = fate("write", full, "");
    if (strike == 1) return -1;
    if (strike == 2) {
      real(fd, data, size / 2);
      die();
    }
  }
  return real(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
  REAL(pwrite64);
  char full[PATH_MAX];
  of_fd(fd, full);
  STRIKE("write", full, "");
  return real(fd, data, size, place);
}

#define BY_FD(name, what, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    char full[PATH_MAX]; \
    of_fd(fd, full); \
    STRIKE(what, full, ""); \
    return real arguments; \
  }

BY_FD(fsync, "fsync", (int fd), (fd))
BY_FD(fdatasync, "fsync", (int fd), (fd))
BY_FD(ftruncate, "write", (int fd, off_t size), (fd, size))
BY_FD(ftruncate64, "write", (int fd, off64_t size), (fd, size))
BY_FD(fchmod, "chmod", (int fd, mode_t permissions), (fd, permissions))

int flock(int fd, int how) {
  REAL(flock);
  char full[PATH_MAX];
  of_fd(fd, full);
  if (never && strstr(never, "lock")) STRIKE("lock", full, "");
  return real(fd, how);
}

#define BY_PATH(name, what, dir, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    char full[PATH_MAX]; \
    absolute(dir, path, full); \
    STRIKE(what, full, ""); \
    return real arguments; \
  }

BY_PATH(unlink, "unlink", AT_FDCWD, (const char *path), (path))
BY_PATH(unlinkat, "unlink", dir, (int dir, const char *path, int flags),
        (dir, path, flags))
BY_PATH(rmdir, "unlink", AT_FDCWD, (const char *path), (path))
BY_PATH(mkdir, "mkdir", AT_FDCWD, (const char *path, mode_t permissions),
        (path, permissions))
BY_PATH(mkdirat, "mkdir", dir, (int dir, const char *path, mode_t permissions),
        (dir, path, permissions))
BY_PATH(truncate, "write", AT_FDCWD, (const char *path, off_t size), (path, size))
BY_PATH(truncate64, "write", AT_FDCWD, (const char *path, off64_t size), (path, size))
BY_PATH(chmod, "chmod", AT_FDCWD, (const char *path, mode_t permissions),
        (path, permissions))

#define TWO(name, what, from, to, parameters, arguments) \
  int name parameters { \
    REAL(name); \
    char before[PATH_MAX], after[PATH_MAX]; \
    absolute(from, path, before); \
    absolute(to, other, after); \
    STRIKE(what, before, after); \
    return real arguments; \
  }

TWO(rename, "rename", AT_FDCWD, AT_FDCWD, (const char *path, const char *other),
    (path, other))
TWO(renameat, "rename", dir, place,
    (int dir, const char *path, int place, const char *other),
    (dir, path, place, other))
TWO(link, "link", AT_FDCWD, AT_FDCWD, (const char *path, const char *other),
    (path, other))
TWO(linkat, "link", dir, place,
    (int dir, const char *path, int place, const char *other, int flags),
    (dir, path, place, other, flags))
