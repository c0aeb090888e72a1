"use strict";

define("forum/countersign-drafts", ["api", "alerts"], (api, alerts) => ({
  init() {
    $(".countersign-drafts").on("click", "[data-step]", async function () {
      const draft = $(this).closest("[data-id]");
      const { step, as } = this.dataset;
      try {
        const answer = await api.post(`/plugins/countersign/drafts/${draft.attr("data-id")}/${step}`, {
          contentHash: draft.attr("data-hash"),
          as,
        });
        if (step === "discard") alerts.success("[[countersign:drafts.discarded]]");
        else if (answer.detail) alerts.info(answer.detail);
        else alerts.success("[[countersign:drafts.published]]");
        draft.remove();
      } catch (error) {
        alerts.error(error);
      }
    });
  },
}));
