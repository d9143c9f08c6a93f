/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests about the snapshots of a handset that no phone has to run from. */
#ifndef SNAPSHOT_OFFLINE_H
#define SNAPSHOT_OFFLINE_H

/*
 * The reply, as the control socket of a running phone would give it, to a request with the verb
 * `snapshot`: JSON, to be freed with g_free(). Blocks until it is done. `save` and `load` need a
 * phone; `delete` and `import` that none runs from the folder.
 */
char *offline_answer(const char *handset_dir, const char *request);

#endif
