<div class="acp-page-container">
  <!-- IMPORT admin/partials/settings/header.tpl -->

  <div class="row m-0">
    <div id="spy-container" class="col-12 col-md-8 px-0 mb-4" tabindex="0">
      {{{ if working }}}
      <p class="alert alert-success" role="status">{{tx("countersign:admin.working", engine)}}</p>
      {{{ else }}}
      <p class="alert alert-danger" role="alert">{{tx("countersign:admin.broken")}}</p>
      {{{ end }}}
      {{{ if refused }}}
      <pre class="alert alert-warning" role="alert">{{tx("countersign:admin.refused", refused)}}</pre>
      {{{ end }}}
      <p><a class="btn btn-primary" href="{desk}">{{tx("countersign:admin.desk")}}</a></p>

      <form role="form" class="countersign-settings">
        <div class="mb-3">
          <label class="form-label" for="queue">{{tx("countersign:admin.queue")}}</label>
          <select id="queue" name="queue" class="form-select">
            <option value="forum">{{tx("countersign:admin.queue.forum")}}</option>
            <option value="countersign">{{tx("countersign:admin.queue.countersign")}}</option>
          </select>
        </div>
        <div class="mb-3">
          <label class="form-label" for="agents">{{tx("countersign:admin.agents")}}</label>
          <textarea id="agents" name="agents" class="form-control" rows="4" spellcheck="false"></textarea>
          <p class="form-text">{{tx("countersign:admin.agents.help")}}</p>
        </div>
        <div class="mb-3">
          <label class="form-label" for="agentGroups">{{tx("countersign:admin.agent-groups")}}</label>
          <input id="agentGroups" name="agentGroups" class="form-control" type="text" value="agents">
        </div>
        <div class="mb-3">
          <label class="form-label" for="services">{{tx("countersign:admin.services")}}</label>
          <textarea id="services" name="services" class="form-control" rows="2" spellcheck="false"></textarea>
        </div>
        <div class="mb-3">
          <label class="form-label" for="agentTokens">{{tx("countersign:admin.agent-tokens")}}</label>
          <input id="agentTokens" name="agentTokens" class="form-control" type="text">
          <p class="form-text">{{tx("countersign:admin.tokens.help")}}</p>
        </div>
        <div class="mb-3">
          <label class="form-label" for="serviceTokens">{{tx("countersign:admin.service-tokens")}}</label>
          <input id="serviceTokens" name="serviceTokens" class="form-control" type="text">
        </div>
        <div class="mb-3">
          <label class="form-label" for="otherTokens">{{tx("countersign:admin.other-tokens")}}</label>
          <select id="otherTokens" name="otherTokens" class="form-select">
            <option value="agent">{{tx("countersign:admin.other-tokens.agent")}}</option>
            <option value="service">{{tx("countersign:admin.other-tokens.service")}}</option>
            <option value="account">{{tx("countersign:admin.other-tokens.account")}}</option>
          </select>
        </div>
        <div class="form-check form-switch mb-3">
          <input id="chat" name="chat" class="form-check-input" type="checkbox" checked>
          <label class="form-check-label" for="chat">{{tx("countersign:admin.chat")}}</label>
        </div>
        <div class="mb-3">
          <label class="form-label" for="policy">{{tx("countersign:admin.policy")}}</label>
          <textarea id="policy" name="policy" class="form-control font-monospace" rows="12" spellcheck="false"></textarea>
          <p class="form-text">{{tx("countersign:admin.policy.help")}}</p>
        </div>
      </form>
    </div>
    <!-- IMPORT admin/partials/settings/toc.tpl -->
  </div>
</div>
