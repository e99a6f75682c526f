/** Sentences of the functions about the end of one cancel, in Chinese. `{name}` is a hole. */
export const DETAILS = {
  'The queued transcode task was cancelled.': '排队中的转码任务已取消。',
  'The queued transcode task was cancelled; this is inferred from the status read, as the answer to the cancel was lost or doubtful.':
    '排队中的转码任务已取消；由于取消的应答丢失或存疑，此结论根据状态查询推断。',
  'No transcode task of this asset is waiting: it is running, it is done, or there never was one.':
    '该媒资没有排队中的转码任务：正在转码、已经完成，或从未有过。',
  'No transcode task of this asset is waiting any more; an earlier cancel, whose answer was lost or doubtful, may have been the one that emptied the queue.':
    '该媒资已没有排队中的转码任务；可能是先前一次应答丢失或存疑的取消将其移出队列。',
  'No transcode task of this asset is waiting: it was cancelled before, or none has been queued.':
    '该媒资没有排队中的转码任务：先前已取消，或从未排队。',
  'The transcode task is running already, so it can no longer be cancelled.': '转码任务已经开始，无法再取消。',
  'The transcode task is done already, so there is nothing to cancel.': '转码任务已经完成，没有可取消的任务。',
  'The transcode task has failed already, so there is nothing to cancel.': '转码任务已经失败，没有可取消的任务。',
  'VOD has no asset with this id.': 'VOD 中没有此 ID 的媒资。',
  'The asset is not ready for a cancel yet: its transcode task is still to come or is being queued.':
    '媒资尚不能取消转码：转码任务还未产生，或正在进入队列。',
  'A cancel was sent, but its answer was lost or doubtful, and nothing could settle whether it took effect.':
    '取消请求已发出，但应答丢失或存疑，无法确定是否生效。',
  'A status read still found the task waiting, but a cancel whose answer was lost may take effect later. Ask again.':
    '状态查询显示任务仍在排队，但应答丢失的取消请求之后仍可能生效。请稍后重试。',
  'VOD is throttling calls; nothing was cancelled.': 'VOD 正在限流，未取消任何任务。',
  'VOD is throttling calls; an earlier attempt, which VOD did not settle, may have cancelled the task.':
    'VOD 正在限流；先前一次结果未定的尝试可能已取消该任务。',
  'VOD had an internal error; whether it carried the cancel out is not known.':
    'VOD 发生内部错误，是否已执行取消尚不清楚。',
  'VOD is not available and says when to come again; whether it carried the cancel out is not known.':
    'VOD 不可用，并告知了重试时间；是否已执行取消尚不清楚。',
  'No connection to VOD could be opened; nothing was cancelled.': '无法与 VOD 建立连接，未取消任何任务。',
  'No connection to VOD could be opened; an earlier attempt, which VOD did not settle, may have cancelled the task.':
    '无法与 VOD 建立连接；先前一次结果未定的尝试可能已取消该任务。',
  "VOD's certificate does not verify, so the connection was not used; nothing was cancelled.":
    'VOD 的证书未通过校验，因此没有使用该连接，未取消任何任务。',
  "VOD's certificate does not verify, so the connection was not used; an earlier attempt, which VOD did not settle, may have cancelled the task.":
    'VOD 的证书未通过校验，因此没有使用该连接；先前一次结果未定的尝试可能已取消该任务。',
  'VOD refused the credentials, the tenant or the permission; nothing was cancelled.':
    'VOD 拒绝了凭证、租户或权限，未取消任何任务。',
  'VOD refused the credentials, the tenant or the permission; an earlier attempt, which VOD did not settle, may have cancelled the task.':
    'VOD 拒绝了凭证、租户或权限；先前一次结果未定的尝试可能已取消该任务。',
  "VOD refused the key, most likely because this host's clock is more than 5 minutes off VOD's; nothing was cancelled.":
    'VOD 拒绝了密钥，很可能是本机时钟与 VOD 相差超过 5 分钟；未取消任何任务。',
  "VOD refused the key, most likely because this host's clock is more than 5 minutes off VOD's; an earlier attempt, which VOD did not settle, may have cancelled the task.":
    'VOD 拒绝了密钥，很可能是本机时钟与 VOD 相差超过 5 分钟；先前一次结果未定的尝试可能已取消该任务。',
  'VOD gave an answer that it does not document, so the outcome cannot be trusted.':
    'VOD 给出了文档未说明的应答，结果不可信。',
  'VOD rejected the cancel; nothing was cancelled.': 'VOD 拒绝了取消请求，未取消任何任务。',
  'VOD rejected the cancel; an earlier attempt, which VOD did not settle, may have cancelled the task.':
    'VOD 拒绝了取消请求；先前一次结果未定的尝试可能已取消该任务。',
  'The function had no time left to call VOD; nothing was sent.': '函数剩余时间不足，未向 VOD 发出请求。',
  "The configured pace, or VOD's own Retry-After, leaves no call to VOD before the deadline; nothing was sent.":
    '按所配置的速率或 VOD 的 Retry-After，截止时间前无法调用 VOD；未发出请求。',
  'VOD refused this key a moment ago, so no call is made with it for now; nothing was sent.':
    'VOD 刚刚拒绝了此密钥，暂不使用它调用；未发出请求。',
  'The last moment for this cancel had passed before VOD could be called.':
    '在能够调用 VOD 之前，此次取消的最后期限已过。',
  'In an earlier delivery of this message: {detail}': '此消息先前投递时的结果：{detail}',
};
