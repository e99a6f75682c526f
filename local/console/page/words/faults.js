/** Groups of faults, in the order of the menu: English, Chinese. */
export const FAULT_GROUPS = {
  doubt: ['The cancel is done, its answer is not seen', '取消已执行，但看不到应答'],
  wire: ['The connection', '连接'],
  body: ['Damaged answers', '损坏的应答'],
  busy: ['Throttled or out of order', '限流或服务故障'],
  refused: ['Refused', '被拒绝'],
  state: ['Answers about the asset', '关于媒资状态的应答'],
  list: ['The status read', '状态查询'],
};

/** What each fault does: its group, English, Chinese. */
export const FAULT_WORDS = {
  'applied-no-answer': ['doubt', 'VOD cancels, and never answers.', 'VOD 执行了取消，但始终不应答。'],
  'applied-reset': ['doubt', 'VOD cancels, and the connection is reset.', 'VOD 执行了取消，随后连接被重置。'],
  'applied-504': ['doubt', 'VOD cancels, but its gateway answers 504.', 'VOD 执行了取消，但网关应答 504。'],
  slow: ['doubt', 'VOD answers correctly, 1 s later.', 'VOD 正常应答，但晚 1 秒。'],
  'reset-before-read': ['wire', 'The connection is reset before VOD reads the call.', 'VOD 读取请求之前连接被重置。'],
  hang: ['wire', 'VOD never answers, and does nothing.', 'VOD 始终不应答，也不执行。'],
  'html-error': ['body', 'A proxy answers 502 with an HTML page.', '代理以 HTML 页面应答 502。'],
  'ok-200': ['body', '200, where only 204 means cancelled.', '200；而只有 204 才表示已取消。'],
  throttled: ['busy', '429: too many calls.', '429：调用过多。'],
  'throttled-retry-after': ['busy', '429: too many calls, come again in 1 s.', '429：调用过多，1 秒后重试。'],
  'error-500': ['busy', '500: an internal error of VOD.', '500：VOD 内部错误。'],
  'error-503': ['busy', '503: IAM is not available.', '503：IAM 不可用。'],
  'error-504': ['busy', '504: the backend did not answer; nothing is done.', '504：后端未应答，未执行任何操作。'],
  'unauthorized-echo': ['refused', '401 that repeats the signed headers.', '401，并回显已签名的请求头。'],
  'forbidden-10074': ['refused', '403: no permission.', '403：没有权限。'],
  'not-queued-400': ['state', 'Nothing is queued, as a 400.', '不在队列中（400）。'],
  'not-found-404': ['state', 'There is no such asset, as a 404.', '媒资不存在（404）。'],
  'list-forbidden': ['list', 'The status read is forbidden.', '状态查询被禁止。'],
  'list-slow': ['list', 'The status read takes 20 s.', '状态查询耗时 20 秒。'],
};
