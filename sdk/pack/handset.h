/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The handset description (docs/handset-description.md): which virtual
 * machines a handset has, and what each gets. An ini file; a persona's part
 * that moves with it to another handset is in its profile's `profile.ini`.
 */
#ifndef PACK_HANDSET_H
#define PACK_HANDSET_H

#include <glib.h>

#include "phonebooth/kind.h"
#include "phonebooth/table.h"

#define PACK_NO_UART (-1)

/* What a persona sees of the battery, if not a fixed percentage. */
#define PACK_BATTERY_REAL   (-1)
#define PACK_BATTERY_ABSENT (-2)

/* What a persona sees of the sensors: real, fixed, absent; NULL-terminated. */
enum { PACK_VIEW_REAL, PACK_VIEW_FIXED, PACK_VIEW_ABSENT };
extern const char *const pack_views[];

/* What a persona sees of the position. */
struct pack_position {
    guint view;                 /* PACK_VIEW_... */
    gint32 latitude, longitude; /* PACK_VIEW_FIXED: 1e-7 degrees, north and east positive */
};
/* How a persona sounds behind another, when it may use the microphone, and whether it has cameras;
 * NULL-terminated. */
extern const char *const pack_sounds[];
extern const char *const pack_microphones[];
extern const char *const pack_cameras[];

/* Which networks it has; NULL-terminated. */
extern const char *const pack_networks[];

enum pack_arch { PACK_ARM64, PACK_ARM }; /* ARM: AArch32 at EL1 */

struct pack_vm {
    char *name;
    char *display_name;
    char *join;     /* VMs with the same word see each other on the network; NULL: alone */
    guint32 colour; /* 0xRRGGBB */
    enum pb_kind kind;
    enum pack_arch arch;
    guint64 memory; /* bytes, multiple of 2 MiB */
    guint vcpus;
    guint pcpu[PB_MAX_VM_VCPUS];
    guint priority; /* 0..7 */
    guint slice_us;
    guint period_us;  /* 0: none; else slice_us is the budget in each period */
    int uart;         /* PL011 passed through, or PACK_NO_UART */
    int service_uart; /* switchboard only */
    char **devices;   /* names of the board's parts that are its own; NULL: none are named */
    gboolean share_all;
    gboolean is_protected; /* the switchboard reaches only the RAM that it shares itself */
    int battery;           /* 0..100: it always shows that; or PACK_BATTERY_... */
    guint sensors;         /* index of pack_views */
    struct pack_position position;
    guint sound;      /* index of pack_sounds */
    guint microphone; /* index of pack_microphones */
    guint camera;     /* index of pack_cameras */
    guint network;    /* index of pack_networks */
    char *firewall;   /* rules of what may leave it (netrule.h), separated by ';'; NULL: none */
    gboolean autostart;
    gboolean is_flat;  /* kernel and initrd are taken as they are, whatever they look like */
    char *kernel;      /* path; Linux Image, ELF file or flat binary (ARM64), zImage (ARM); or */
    char *firmware;    /* path; flat binary for the flash at 0 */
    char *initrd;      /* path or NULL */
    char *system;      /* path or NULL: read-only system image */
    char *newer;       /* UUID of the description's image, if what is stored keeps another */
    char *cmdline;     /* or NULL */
    guint64 data_size; /* bytes; 0: no data disk */
};

struct pack_handset {
    char *file;
    char *name;
    char *board; /* name; NULL: the description does not say */
    char *skin;
    guint64 memory; /* bytes; 0: as the board's device tree says */
    int el2_uart;
    guint vms;
    struct pack_vm vm[PB_MAX_VMS];
};

/*
 * Reads `file` and the profiles it names. Relative paths of profiles are taken from the
 * folder of `file`; images from the profile's folder, or else from the first folder of `images`
 * (NULL-terminated, or NULL) that has them. Unknown groups and keys are errors: a misspelt key must
 * not be silently ignored. Free with pack_handset_finish(), after a failure too.
 */
gboolean pack_handset_read(struct pack_handset *handset, const char *file,
                           const char *const *images, GError **error);
void pack_handset_finish(struct pack_handset *handset);

/* "arm64" or "arm": in descriptions, and in FIT images. */
const char *pack_arch_name(enum pack_arch arch);

/* Index of the switchboard, or -1: then EL2 starts every VM itself. */
int pack_handset_switchboard(const struct pack_handset *handset);

#endif
