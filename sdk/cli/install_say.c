/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "install_say.h"

#include "output.h"
#include "print.h"

void install_say(const struct guest *guest, const char *kind, const char *id, const char *version)
{
    if (guest->json) {
        print_result("vm", guest->vm, "kind", kind, "id", id, "version", version, NULL);
    } else {
        output_printf("%s%s%s is installed on %s\n", id, version ? " " : "", version ? version : "",
                      guest->vm);
    }
}
